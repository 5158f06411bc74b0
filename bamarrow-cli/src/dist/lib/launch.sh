# shellcheck shell=sh disable=SC2034,SC2154 # variables are set and used by the launchers, too
# The common part of bamarrow's launchers, read by them with `.`: finds a JVM, picks its flags, keeps
# the start-up archive, and hands over. What it has to say goes to standard error; standard output
# is the program's.
#
#   JAVA_HOME           the JVM to use; without it, `java` on the PATH
#   BAMARROW_JAVA_OPTS  more JVM options, such as -Xmx2g

java='' owner='' flags='' use_archive='' quick='' temporary='' lock=''

say() { printf 'bamarrow: %s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# The JVM: its home, then its version from the file `release`, without starting it.
find_jvm() {
  if [ -n "${JAVA_HOME:-}" ]; then
    home=$JAVA_HOME
    [ -x "$home/bin/java" ] || die "JAVA_HOME is $home, but there is no bin/java in it"
  elif [ -x /usr/libexec/java_home ] && home=$(/usr/libexec/java_home 2>/dev/null); then
    : # macOS, whose /usr/bin/java is a mere stub
  else
    java=$(command -v java) || die "no JVM found; install Java 17 or newer, or set JAVA_HOME"
    while [ -L "$java" ]; do
      link=$(readlink "$java")
      case $link in
        /*) java=$link ;;
        *) java=${java%/*}/$link ;;
      esac
    done
    home=${java%/bin/java}
  fi
  if [ ! -r "$home/release" ]; then
    # A wrapper, or a JVM without the file: the one case where the JVM must be asked.
    home=$("${java:-$home/bin/java}" -XshowSettings:properties -version 2>&1 |
      sed -n 's/^ *java\.home = //p')
    [ -r "$home/release" ] ||
      die "cannot tell the version of the JVM ${home:-$java}; set JAVA_HOME to Java 17 or newer"
  fi
  version=0 variant='' runtime=''
  while IFS='=' read -r key value; do
    value=${value#\"}
    value=${value%\"}
    case $key in
      JAVA_VERSION) version=$value ;;
      JAVA_RUNTIME_VERSION) runtime=$value ;;
      JVM_VARIANT) variant=$value ;;
    esac
  done <"$home/release"
  major=${version%%[!0-9]*}
  [ "${major:-0}" -ge 17 ] || die "$home is JDK $version; bamarrow needs 17 or newer"
}

# --- one process at a time builds or archives; the lock, a link that names its process, is taken
# --- over from a dead one
unlock() {
  if [ -n "$temporary" ]; then rm -rf "$temporary"; fi
  rm -f "$lock"
  trap - EXIT HUP INT TERM
}

try_lock() { # LOCK
  lock=$1
  mkdir -p "${lock%/*}" 2>/dev/null
  if ! ln -s $$ "$lock" 2>/dev/null; then
    owner=$(readlink "$lock") || return 1
    if kill -0 "$owner" 2>/dev/null; then return 1; fi
    mv "$lock" "$lock.$$" 2>/dev/null && rm -f "$lock.$$"
    ln -s $$ "$lock" 2>/dev/null || return 1
  fi
  trap unlock EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# Sets `quick` where the optimizing compiler does not pay: it does only where much is decoded
# (docs/performance.md). For counting, a region, and up to so many bytes of BAM, the quick one alone is
# faster.
choose_compiler() {
  small=536870912 total=0
  case " $* " in
    *" --tags none "* | *" --tags=none "*) small=4294967296 ;; # decoding tags gains most
  esac
  case "${1:-} $*" in
    "count "*) quick=yes ;;
    "convert "*" --region "* | "convert "*" --region="*) quick=yes ;;
    "view "*" --region "* | "view "*" --region="*) quick=yes ;;
    "convert "* | "head "* | "schema "*)
      for word in "$@"; do
        case $word in
          *.bam)
            size=''
            # What cannot be read bamarrow itself will tell.
            [ ! -f "$word" ] || { size=$(wc -c <"$word"); } 2>/dev/null || size=''
            total=$((total + ${size:-0}))
            ;;
        esac
      done
      [ "$total" -eq 0 ] || [ "$total" -gt "$small" ] || quick=yes
      ;;
  esac
}

# Add-Opens and Enable-Native-Access stand in the jar's manifest.
choose_flags() {
  # Nothing of the JVM's own on standard output, which may carry an Arrow stream; no word about
  # an archive that does not fit.
  flags='-XX:+DisplayVMOutputToStderr -XX:-UsePerfData -Xlog:disable -Xlog:all=warning:stderr -Xlog:cds*=off:stderr'
  [ "$major" -lt 24 ] || flags="$flags -Xlog:aot*=off:stderr"
  [ "$major" -lt 23 ] || flags="$flags --sun-misc-unsafe-memory-access=allow"
  case ${BAMARROW_JAVA_OPTS:-} in
    *-XX:+Use*GC*) ;;
    *) flags="$flags -XX:+UseSerialGC" ;;
  esac
  [ -z "$quick" ] || flags="$flags -XX:TieredStopAtLevel=1"
}

# --- the start-up archive: parsed classes, one for each JVM and jar --------------------------------
flatten() { # PATH; sets `flat`, a name without slashes
  flat='' rest=$1/
  while [ -n "$rest" ]; do
    flat=$flat${rest%%/*}-
    rest=${rest#*/}
  done
  flat=${flat#-}
}

# Before JDK 21 a method that waits for the compiler when the archive is made is never compiled in
# any run that uses the archive (JDK-8306460); so nothing is compiled then.
rehearse() {
  rm -f "$made"
  # shellcheck disable=SC2086 # flags are words
  "$home/bin/java" $flags $training "$output=$made" -jar "$jar" "$@" >"$temporary/log" 2>&1 \
    </dev/null && [ -s "$made" ]
}

make_archive() { # ARCHIVE
  say "preparing a fast start with JDK $major (once)"
  temporary=$1.$$
  mkdir -p "$temporary"
  made=$temporary/archive
  training='' records=20000
  [ "$major" -ge 21 ] || training=-Xint records=2000
  # From JDK 25 on the archive would keep profiles, too: with those of so short a run the optimizing
  # compiler leaves the decoders slow, at twice the time in every run (docs/performance.md).
  [ "$major" -lt 25 ] || training='-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining'
  rehearse rehearse "$temporary" "$records" || rehearse --version
  if [ -s "$made" ]; then
    mv -f "$made" "$1"
  else
    say "this JVM makes no start-up archive; bamarrow works without, a little slower"
    : >"$1"
  fi
}

# Makes the archive of this JVM in FOLDER unless it is there; an empty file says that none could be
# made. Fails where nothing can be written.
keep_archive() { # FOLDER
  archive=$1/$name
  # shellcheck disable=SC3013 # -nt is in POSIX 2024 and was in every sh before
  if { [ ! -e "$archive" ] || [ "$jar" -nt "$archive" ]; } && try_lock "$1/lock"; then
    make_archive "$archive"
    unlock
  fi
  [ -e "$archive" ]
}

warm_up() {
  [ "$variant" != Openj9 ] || die "this JVM has no start-up archive that bamarrow could prepare"
  for folder in "$prepared" "$cache"; do
    if [ -n "$folder" ] && keep_archive "$folder"; then
      [ -s "$archive" ] || exit 1
      say "the start-up archive is $archive"
      exit 0
    fi
  done
  die "cannot write to ${prepared:-no folder beside the jar} or to ${cache:-no cache folder: HOME is not set}"
}

# Hands over to the JVM. Uses what the launcher has set: `jar`; `prepared`, a folder for archives that
# `warm-up` writes and everyone reads, or empty; `cache`, the folder where this user's are made, or empty.
launch() { # ARGUMENTS...
  choose_compiler "$@"
  if [ "$variant" != Openj9 ]; then
    choose_flags
    flatten "$home"
    name=$flat${runtime:-$version}
    if [ "$major" -ge 25 ]; then
      output=-XX:AOTCacheOutput input=-XX:AOTCache
    else
      output=-XX:ArchiveClassesAtExit input=-XX:SharedArchiveFile
    fi
    if [ "$*" != warm-up ]; then
      archive=$prepared/$name
      if [ -n "$prepared" ] && [ -s "$archive" ] || { [ -n "$cache" ] && keep_archive "$cache"; }; then
        [ ! -s "$archive" ] || use_archive=$input=$archive
      fi
    fi
  fi
  [ "$*" != warm-up ] || warm_up # with more arguments it is bamarrow's to print help or an error
  # Progress bars are for terminals, and not every JVM can tell which streams are.
  terminals=''
  [ ! -t 1 ] || terminals=1
  [ ! -t 2 ] || terminals=${terminals}2
  case "$major-$* " in
    # Counting a BAM needs nothing that the manifest opens before JDK 22's native access, and the JVM
    # starts faster without reading it. Compressed Arrow data do need it.
    17-count*.bam\ * | 18-count*.bam\ * | 19-count*.bam\ * | 20-count*.bam\ * | 21-count*.bam\ *)
      set -- -cp "$jar" org.bamarrow.cli.Main "$@"
      ;;
    *) set -- -jar "$jar" "$@" ;;
  esac
  # shellcheck disable=SC2086 # flags are words
  exec "$home/bin/java" $flags ${use_archive:+"$use_archive"} ${BAMARROW_JAVA_OPTS:-} \
    "-Dbamarrow.terminals=$terminals" "$@"
}
