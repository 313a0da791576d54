package gofer.testing;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A schedule as text: its choices except 0, each with the distance from the previous one. After a dot comes the expected
/// result, and after another dot the limit of steps, if it is not the default.
final class Token {

    private static final String PREFIX = "g1-";

    /// The prefix of a schedule in a search for data races, which has fewer scheduling points.
    private static final String RACES = "g1r-";

    private Token() {}

    static String of(int[] choices, boolean races) {
        var bytes = new ByteArrayOutputStream();
        int gap = 0;
        for (int choice : choices) {
            if (choice == 0) {
                gap++;
            } else {
                write(bytes, gap);
                write(bytes, choice);
                gap = 0;
            }
        }
        return (races ? RACES : PREFIX) + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    static String of(int[] choices, boolean races, Expected expected) {
        String hash = expected.hash() == 0 ? "" : Integer.toUnsignedString(expected.hash(), Character.MAX_RADIX);
        String steps = expected.mostSteps() == Fairness.ENDLESS ? "" : "." + expected.mostSteps();
        return of(choices, races) + '.' + expected.kind() + hash + steps;
    }

    /// Returns whether the schedule of `token` searches for data races.
    static boolean findsRaces(String token) {
        return token.startsWith(RACES);
    }

    /// Returns null if `token` has no expected result.
    static @Nullable Expected expected(String token) {
        int point = token.indexOf('.');
        if (point < 0) {
            return null;
        }
        try {
            int end = token.indexOf('.', point + 1);
            String hash = token.substring(point + 3, end < 0 ? token.length() : end);
            return new Expected(
                    token.substring(point + 1, point + 3),
                    hash.isEmpty() ? 0 : Integer.parseUnsignedInt(hash, Character.MAX_RADIX),
                    end < 0 ? Fairness.ENDLESS : Integer.parseUnsignedInt(token.substring(end + 1)));
        } catch (IndexOutOfBoundsException | NumberFormatException garbled) {
            throw invalid(token, garbled);
        }
    }

    /// Throws [IllegalArgumentException] if `token` is not a token.
    static int[] parse(String token) {
        String prefix = findsRaces(token) ? RACES : PREFIX;
        if (!token.startsWith(prefix)) {
            throw invalid(token, null);
        }
        byte[] bytes;
        try {
            int point = token.indexOf('.');
            bytes = Base64.getUrlDecoder().decode(token.substring(prefix.length(), point < 0 ? token.length() : point));
        } catch (IllegalArgumentException garbled) {
            throw invalid(token, garbled);
        }
        int[] choices = new int[16];
        int size = 0;
        int[] at = {0};
        while (at[0] < bytes.length) {
            int end = size + read(bytes, at, token);
            int choice = at[0] < bytes.length ? read(bytes, at, token) : 0;
            if (end < 0 || end > 10_000_000 || choice < 0) {
                throw invalid(token, null);
            }
            choices = Arrays.copyOf(choices, Math.max(choices.length, (end + 1) * 2));
            choices[end] = choice;
            size = end + 1;
        }
        return Arrays.copyOf(choices, size);
    }

    private static IllegalArgumentException invalid(String token, @Nullable Exception cause) {
        return new IllegalArgumentException("not a token of a schedule: '" + token + "'", cause);
    }

    private static void write(ByteArrayOutputStream out, int number) {
        int rest = number;
        while (rest > 127) {
            out.write(rest & 127 | 128);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static int read(byte[] bytes, int[] at, String token) {
        int number = 0;
        for (int shift = 0; at[0] < bytes.length && shift < 32; shift += 7) {
            byte next = bytes[at[0]++];
            number |= (next & 127) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw invalid(token, null);
    }
}
