package org.bamarrow.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A horizontal bar chart as SVG, written without a charting library, which would add megabytes to
 * the jar (start-up, docs/performance.md).
 */
final class BarChart {
  private static final int LABEL_WIDTH = 420;
  private static final int BAR_WIDTH = 480;
  private static final int ROW = 16;
  private static final int TOP = 44;
  private static final String[] COLORS = {
    "#4c78a8", "#f58518", "#54a24b", "#b279a2", "#9d755d", "#e45756"
  };

  private record Bar(String label, double value, int group) {}

  private final String title;
  private final String unit;
  private final List<Bar> bars = new ArrayList<>();

  BarChart(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /**
   * Adds a bar below the others; bars of one group (such as a number of threads) share a colour.
   */
  void bar(String label, double value, int group) {
    bars.add(new Bar(label, value, group));
  }

  String svg() {
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(0);
    List<Integer> groups =
        bars.stream().map(Bar::group).distinct().sorted(Comparator.naturalOrder()).toList();
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"11\">%n",
            LABEL_WIDTH + BAR_WIDTH + 70, TOP + ROW * bars.size() + 10));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    text(svg, 8, 18, "start", 14, title);
    text(svg, LABEL_WIDTH, 36, "start", 11, unit);
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      int y = TOP + ROW * i;
      double width = most > 0 ? BAR_WIDTH * bar.value / most : 0;
      String color = COLORS[groups.indexOf(bar.group) % COLORS.length];
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
              LABEL_WIDTH,
              y,
              width,
              ROW - 3,
              color));
      text(svg, LABEL_WIDTH - 6, y + 10, "end", 11, bar.label);
      String value = String.format(Locale.ROOT, "%.2f", bar.value);
      text(svg, LABEL_WIDTH + (int) width + 5, y + 10, "start", 11, value);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void text(StringBuilder svg, int x, int y, String anchor, int size, String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    svg.append(
        String.format(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"%d\">%s</text>%n",
            x, y, anchor, size, safe));
  }
}
