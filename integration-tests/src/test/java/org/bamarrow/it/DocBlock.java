package org.bamarrow.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A fenced block of a document.
 *
 * @param document its path below the root, such as docs/cli.md
 * @param line where the block begins, from 1
 * @param language what stands behind the fence; empty for drawings
 */
record DocBlock(String document, int line, String language, String text) {
  private static final String FENCE = "```";

  static List<DocBlock> of(Path root, String document) throws IOException {
    List<DocBlock> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(root.resolve(document));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(FENCE)) {
        int end = i + 1;
        while (!lines.get(end).equals(FENCE)) {
          end++;
        }
        String text = String.join("\n", lines.subList(i + 1, end)) + "\n";
        blocks.add(new DocBlock(document, i + 1, lines.get(i).substring(FENCE.length()), text));
        i = end;
      }
    }
    return blocks;
  }

  String name() {
    return document + ":" + line + " " + language;
  }
}
