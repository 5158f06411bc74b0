package org.bamarrow.benchmarks.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Tasks of one JVM, measured in rounds: each round runs every task once, so that a noisy minute
 * hits all of them. A task that fails is not run again. Prints a line of JSON for each task, behind
 * a mark that tells it from what else stands on standard output.
 */
public final class Rounds {
  private static final String MARK = "@bench ";

  private final int warm;
  private final int runs;
  private final Set<String> only;
  private final Map<String, Callable<String>> tasks = new LinkedHashMap<>();

  /**
   * @param warm rounds that are not counted; the first of them is told as the first run
   * @param runs rounds that are
   * @param only names of tasks; empty: all
   */
  Rounds(int warm, int runs, Set<String> only) {
    this.warm = warm;
    this.runs = runs;
    this.only = only;
  }

  /** Of the arguments WARM RUNS TASKS, where TASKS is {@code all} or names joined by commas. */
  public static Rounds of(String warm, String runs, String tasks) {
    Set<String> only = tasks.equals("all") ? Set.of() : Set.of(tasks.split(","));
    return new Rounds(Integer.parseInt(warm), Integer.parseInt(runs), only);
  }

  /**
   * @param task gives what it found, which must be the same every time: such as rows
   */
  public Rounds add(String name, Callable<String> task) {
    if (only.isEmpty() || only.contains(name)) {
      tasks.put(name, task);
    }
    return this;
  }

  public void run() {
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    Map<String, String> found = new LinkedHashMap<>();
    Map<String, String> errors = new LinkedHashMap<>();
    for (int round = 0; round < warm + runs; round++) {
      for (Map.Entry<String, Callable<String>> task : tasks.entrySet()) {
        String name = task.getKey();
        if (errors.containsKey(name)) {
          continue;
        }
        System.gc(); // what others left is not this task's to clear away
        long begin = System.nanoTime();
        try {
          String answer = task.getValue().call();
          seconds
              .computeIfAbsent(name, none -> new ArrayList<>())
              .add((System.nanoTime() - begin) / 1e9);
          String before = found.put(name, answer);
          if (before != null && !before.equals(answer)) {
            errors.put(name, "found " + before + ", then " + answer);
          }
        } catch (Exception | LinkageError e) {
          errors.put(name, cause(e));
        }
      }
    }
    tasks
        .keySet()
        .forEach(name -> print(name, seconds.get(name), found.get(name), errors.get(name)));
  }

  private void print(String name, List<Double> seconds, String found, String error) {
    StringBuilder line = new StringBuilder(MARK).append("{\"task\":").append(quoted(name));
    if (error == null) {
      double[] counted = seconds.stream().skip(warm).mapToDouble(value -> value).sorted().toArray();
      line.append(",\"found\":").append(quoted(found));
      line.append(",\"first\":").append(seconds.get(0));
      line.append(",\"median\":").append(median(counted));
      line.append(",\"runs\":").append(Arrays.toString(counted));
    } else {
      line.append(",\"error\":").append(quoted(error));
    }
    System.out.println(line.append('}'));
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The first line of the innermost reason. */
  private static String cause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString().lines().findFirst().orElse("no message");
  }

  private static String quoted(String text) {
    return text.chars()
        .mapToObj(
            c ->
                c == '"' || c == '\\'
                    ? "\\" + (char) c
                    : c < ' ' ? String.format("\\u%04x", c) : String.valueOf((char) c))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
