#!/usr/bin/env bash
# The whole-process measurements: bamarrow beside every peer and the limit of the machine, the time
# per record with one and two threads, peak memory, and the roofline, printed into one file.
#
# usage: benchmarks/run.sh FOLDER [SECTION...]
#   FOLDER     gets data/ (made once, 6 GB), results.md and the JSON files; outputs are written there
#              and deleted, so it wants 20 GB free on the disk to be measured
#   SECTION    peers, large, compressed, slope, memory, roofline, cold; all of them where none is named
#
# environment
#   BAMARROW_SHARED     the folder with bench/make-data.sh and bench/peers.py; default: ../shared
#                       beside this checkout
#   BAMARROW_PYTHON     a Python with the peers; default: python3. Make one with
#                         python3 -m venv FOLDER/venv
#                         FOLDER/venv/bin/pip install pyarrow pysam oxbow polars-bio 'rogtk==0.1.21' 'polars<2'
#   BAMARROW_COPIES     160 makes 2.04 M short reads (the default); the large file has four times as many
#   BAMARROW_RUNS       runs of each measurement, of which the median counts; default: 3
#   BAMARROW_THREADS    default: 2
#   JAVA_HOME           the JDK to measure
#
# needs samtools; for the whole picture also sambamba, gcc and libdeflate-dev (the limit in C).
# On Debian: apt-get install samtools sambamba gcc libdeflate-dev
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
if (($# == 0)); then
  sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2
  exit 2
fi
folder=$1
shift
sections=("$@")
((${#sections[@]})) || sections=(peers large compressed slope memory roofline cold)
for section in "${sections[@]}"; do
  case $section in
    peers | large | compressed | slope | memory | roofline | cold) ;;
    *) echo "run.sh: no section is called $section" >&2; exit 2 ;;
  esac
done
shared=${BAMARROW_SHARED:-$root/../shared}/bench
python=${BAMARROW_PYTHON:-python3}
copies=${BAMARROW_COPIES:-160}
runs=${BAMARROW_RUNS:-3}
threads=${BAMARROW_THREADS:-2}
bamarrow=$root/bamarrow
[[ -f $shared/make-data.sh ]] || { echo "run.sh: no make-data.sh in $shared; set BAMARROW_SHARED" >&2; exit 1; }
"$python" -c 'import pyarrow' 2>/dev/null ||
  { echo "run.sh: $python has no pyarrow, which counts the rows; see BAMARROW_PYTHON above" >&2; exit 1; }

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
data=$folder/data
results=$folder/results.md
mkdir -p "$data"
"$bamarrow" --version >/dev/null # builds and rehearses now rather than in a measured run

note() { printf '%s\n' "$@" | tee -a "$results"; }
heading() { note "" "## $*" ""; }
# Runs a command and keeps what it prints as a block.
block() { note '```'; "$@" 2>&1 | tee -a "$results"; note '```'; }

# --- data: made once -----------------------------------------------------------------------------------
if [[ ! -f $data/made-$copies ]]; then
  bash "$shared/make-data.sh" "$data" "$copies"
  once=$data/hiseq.bam
  samtools cat -o "$data/hiseq-large.bam" "$once" "$once" "$once" "$once"
  rm -f "$data"/made-*
  touch "$data/made-$copies"
fi

: >"$results"
note "# Measured $(date -u +%Y-%m-%d)" ""
note "- $(nproc) processors: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
note "- $("${JAVA_HOME:+$JAVA_HOME/bin/}java" -version 2>&1 | sed -n 2p)"
note "- $("$bamarrow" --version), commit $(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown)"
note "- $threads threads, $runs runs"

peers() { # FILE
  heading "Peers: $1.bam"
  block "$python" "$shared/peers.py" "$data/$1.bam" --threads "$threads" --runs "$runs" \
    --out "$folder" --bamarrow "$bamarrow" --json "$folder/peers-$1.json"
}

for section in "${sections[@]}"; do
  case $section in
    peers) for file in hiseq novaseq hifi; do peers "$file"; done ;;
    large) peers hiseq-large ;;
    compressed)
      heading "Compressed output"
      [[ -f $data/synth.bam ]] || "$bamarrow" synth --records 2000000 --quiet "$data/synth.bam"
      block "$python" "$here/compressed.py" "$data"/{hiseq,novaseq,synth}.bam --threads "$threads" --runs "$runs" \
        --out "$folder" --bamarrow "$bamarrow" --json "$folder/compressed.json"
      ;;
    slope)
      heading "Time per record, one thread and two"
      block "$python" "$here/slope.py" "$bamarrow" "$data/hiseq.bam" "$data/hiseq-large.bam" "$folder" "$runs"
      ;;
    memory)
      heading "Peak resident memory"
      block "$python" "$here/memory.py" "$bamarrow" "$folder" "$data"/{hiseq,novaseq,hifi,sorted,hiseq-large}.bam
      ;;
    roofline | cold)
      heading "Roofline, page cache $([[ $section == cold ]] && echo cold || echo warm)"
      cold=()
      [[ $section == roofline ]] || cold=(--cold)
      for file in hiseq-large novaseq hifi; do
        block "$bamarrow" bench roofline -@ "$threads" --runs "$runs" "${cold[@]}" --dir "$folder" \
          --json "$folder/$section-$file.json" "$data/$file.bam"
      done
      ;;
  esac
done
printf '\nwritten: %s\n' "$results"
