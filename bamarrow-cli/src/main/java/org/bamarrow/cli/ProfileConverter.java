package org.bamarrow.cli;

import java.util.Arrays;
import org.bamarrow.synth.SynthProfile;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A profile by its lower-case name. */
final class ProfileConverter implements ITypeConverter<SynthProfile> {
  @Override
  public SynthProfile convert(String text) {
    return Arrays.stream(SynthProfile.values())
        .filter(profile -> profile.label().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is not one of " + Arrays.toString(SynthProfile.values())));
  }
}
