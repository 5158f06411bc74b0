package org.bamarrow.internal.filter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bamarrow.internal.filter.PosixRegexParser.Anchor;
import org.bamarrow.internal.filter.PosixRegexParser.Choice;
import org.bamarrow.internal.filter.PosixRegexParser.OneOf;
import org.bamarrow.internal.filter.PosixRegexParser.Part;
import org.bamarrow.internal.filter.PosixRegexParser.Repeat;
import org.bamarrow.internal.filter.PosixRegexParser.Sequence;

/**
 * A POSIX extended regular expression that is searched for in bytes, in time linear in their number
 * whatever the expression is, and without allocation once its states are known: java.util.regex has
 * another syntax, may need exponential time, and overflows the stack on long text. A
 * nondeterministic automaton, whose sets of states become the states of a deterministic one when
 * they are first reached. For one thread.
 */
final class PosixRegex {
  private static final int MAX_STATES = 10_000;
  private static final int MAX_CACHED = 1_000;

  /** The state of a match, which leads nowhere. */
  private static final int MATCH = 0;

  /** Bytes by which a state is left; null for the states that are left without reading one. */
  private final List<BitSet> bytes = new ArrayList<>();

  /** Where a state leads to: one or two states. */
  private final List<int[]> exits = new ArrayList<>();

  /** States that can be left only at the beginning of the text, or at its end. */
  private final BitSet atBegin = new BitSet();

  private final BitSet atEnd = new BitSet();
  private final int start;
  private final Map<BitSet, Known> known = new HashMap<>();
  private Known initial;

  /**
   * A state of the deterministic automaton: a set of states that read a byte or wait for the end.
   */
  private static final class Known {
    final BitSet states;
    final boolean matches;
    final boolean matchesAtEnd;
    Known[] next = new Known[1 << 8];

    Known(BitSet states, boolean matches, boolean matchesAtEnd) {
      this.states = states;
      this.matches = matches;
      this.matchesAtEnd = matchesAtEnd;
    }
  }

  /**
   * @throws IllegalArgumentException if it is not a regular expression
   */
  PosixRegex(byte[] pattern) {
    state(null);
    start = add(PosixRegexParser.parse(pattern), MATCH);
    initial = initial();
  }

  private int state(BitSet read, int... to) {
    if (exits.size() == MAX_STATES) {
      throw new IllegalArgumentException("too large, mostly because of repetitions {n,m}");
    }
    bytes.add(read);
    exits.add(to);
    return exits.size() - 1;
  }

  /** Adds the states of a part that is followed by a state, and returns the first. */
  private int add(Part part, int next) {
    if (part instanceof OneOf one) {
      return state(one.bytes(), next);
    }
    if (part instanceof Anchor anchor) {
      int state = state(null, next);
      (anchor.end() ? atEnd : atBegin).set(state);
      return state;
    }
    if (part instanceof Sequence sequence) {
      int first = next;
      for (int i = sequence.parts().size() - 1; i >= 0; i--) {
        first = add(sequence.parts().get(i), first);
      }
      return first;
    }
    if (part instanceof Choice choice) {
      int first = add(choice.parts().get(0), next);
      for (Part other : choice.parts().subList(1, choice.parts().size())) {
        first = state(null, first, add(other, next));
      }
      return first;
    }
    return add((Repeat) part, next);
  }

  private int add(Repeat repeat, int next) {
    int first = next;
    if (repeat.max() == PosixRegexParser.UNBOUNDED) {
      first = state(null, next, next);
      exits.get(first)[1] = add(repeat.part(), first);
    }
    for (int i = repeat.min(); i < repeat.max(); i++) {
      first = state(null, next, add(repeat.part(), first));
    }
    for (int i = 0; i < repeat.min(); i++) {
      int before = first;
      first = add(repeat.part(), first);
      if (first == before) {
        break; // the part matches nothing but the empty text
      }
    }
    return first;
  }

  /** Whether it matches anywhere in {@code data[from, to)}. */
  boolean find(byte[] data, int from, int to) {
    Known state = initial;
    for (int at = from; at < to && !state.matches; at++) {
      int read = data[at] & 0xff;
      Known next = state.next[read];
      if (next == null) {
        next = next(state, read);
        state.next[read] = next;
      }
      state = next;
    }
    return state.matches || state.matchesAtEnd;
  }

  private Known initial() {
    BitSet seed = new BitSet();
    seed.set(start);
    return known(closure(seed, true, false), closure(seed, true, true));
  }

  private Known next(Known state, int read) {
    BitSet seed = new BitSet();
    seed.set(start);
    state.states.stream()
        .filter(each -> bytes.get(each) != null && bytes.get(each).get(read))
        .forEach(each -> seed.set(exits.get(each)[0]));
    BitSet states = closure(seed, false, false);
    Known found = known.get(states);
    if (found != null) {
      return found;
    }
    if (known.size() == MAX_CACHED) {
      known.clear();
      initial = initial();
    }
    found = known(states, closure(states, false, true));
    known.put(states, found);
    return found;
  }

  private static Known known(BitSet states, BitSet atEnd) {
    return new Known(states, states.get(MATCH), atEnd.get(MATCH));
  }

  /** The states that can be reached without reading a byte. */
  private BitSet closure(BitSet from, boolean begin, boolean end) {
    BitSet reached = (BitSet) from.clone();
    Deque<Integer> open = new ArrayDeque<>();
    from.stream().forEach(open::add);
    while (!open.isEmpty()) {
      int state = open.remove();
      boolean passes =
          bytes.get(state) == null && (begin || !atBegin.get(state)) && (end || !atEnd.get(state));
      if (passes) {
        for (int to : exits.get(state)) {
          if (!reached.get(to)) {
            reached.set(to);
            open.add(to);
          }
        }
      }
    }
    return reached;
  }
}
