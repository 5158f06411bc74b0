package org.bamarrow.index;
import java.nio.file.*;
import java.util.*;
import org.junit.jupiter.api.Test;
class SurveyTest {
  @Test void flips() throws Exception {
    String[] a = System.getProperty("flip").split(",");
    IndexBitFlips f = new IndexBitFlips(Files.readAllBytes(Path.of(a[0])), Files.readAllBytes(Path.of(a[1])));
    f.regions(Arrays.copyOfRange(a, 3, a.length));
    f.sound();
    long t=System.nanoTime();
    for (int bit=0; bit<f.bits(); bit+=Integer.parseInt(a[2])) f.flip(bit);
    System.out.println(f.bits()+" bits "+f.counts+" "+(System.nanoTime()-t)/1000000+" ms");
    f.losses.stream().limit(30).forEach(System.out::println);
  }
}
