package gofer.conformance.chan;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.First;
import gofer.chan.Fourth;
import gofer.chan.Received;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.Selects;
import gofer.chan.Third;
import gofer.chan.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// A power series: the stream of its coefficients, each computed on demand.
///
/// Requests run against the stream: a consumer sends a request, and then receives a coefficient.
final class Series {

    private final Chan<Boolean> requests = Chan.make();
    private final Chan<Fraction> coefficients = Chan.make();

    /// A fraction in lowest terms.
    record Fraction(long numerator, long denominator) {

        static final Fraction ZERO = of(0, 1);
        static final Fraction ONE = of(1, 1);

        static Fraction of(long numerator, long denominator) {
            long divisor = gcd(Math.abs(numerator), Math.abs(denominator));
            long sign = denominator < 0 ? -1 : 1;
            return new Fraction(sign * numerator / divisor, sign * denominator / divisor);
        }

        Fraction plus(Fraction other) {
            return of(numerator * other.denominator + other.numerator * denominator, denominator * other.denominator);
        }

        Fraction times(Fraction other) {
            return of(numerator * other.numerator, denominator * other.denominator);
        }

        Fraction inverse() {
            return of(denominator, numerator);
        }

        private static long gcd(long a, long b) {
            return b == 0 ? a : gcd(b, a % b);
        }

        @Override
        public String toString() {
            return denominator == 1 ? Long.toString(numerator) : numerator + "/" + denominator;
        }
    }

    /// Computes the coefficients in turn.
    @FunctionalInterface
    private interface Maker {
        void make(Series out);
    }

    private static Series made(Maker maker) {
        Series series = new Series();
        Go.go(() -> maker.make(series));
        return series;
    }

    /// Computes a coefficient when it is requested, and not before.
    private void put(Supplier<Fraction> coefficient) {
        requests.recv();
        coefficients.send(coefficient.get());
    }

    Fraction get() {
        requests.send(true);
        return coefficients.recv();
    }

    /// Returns one coefficient of each of two series, requested at the same time.
    private static Fraction[] getBoth(Series f, Series g) {
        Fraction[] got = new Fraction[2];
        boolean askF = true;
        boolean askG = true;
        while (got[0] == null || got[1] == null) {
            switch (Selects.select(
                    f.requests.when(askF).sending(true),
                    g.requests.when(askG).sending(true),
                    f.answers(!askF && got[0] == null),
                    g.answers(!askG && got[1] == null))) {
                case First(_) -> askF = false;
                case Second(_) -> askG = false;
                case Third(var c) -> got[0] = value(c);
                case Fourth(var c) -> got[1] = value(c);
            }
        }
        return got;
    }

    private RecvChan<Fraction> answers(boolean wanted) {
        return coefficients.when(wanted);
    }

    private static Fraction value(Received<Fraction> received) {
        return switch (received) {
            case Value(var value) -> value;
            case Closed() -> throw new AssertionError("closed");
        };
    }

    List<Fraction> first(int count) {
        List<Fraction> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            found.add(get());
        }
        return found;
    }

    /// All coefficients are 1: `1 / (1 - x)`.
    static Series ones() {
        return made(out -> out.repeat(Fraction.ONE));
    }

    /// The number 1.
    static Series one() {
        return made(out -> {
            out.put(() -> Fraction.ONE);
            out.repeat(Fraction.ZERO);
        });
    }

    private void repeat(Fraction coefficient) {
        while (true) {
            put(() -> coefficient);
        }
    }

    Series times(Fraction factor) {
        return map(c -> c.times(factor));
    }

    private Series map(UnaryOperator<Fraction> function) {
        return made(out -> {
            while (true) {
                out.put(() -> function.apply(get()));
            }
        });
    }

    Series plus(Series other) {
        return made(out -> {
            while (true) {
                out.put(() -> {
                    Fraction[] both = getBoth(this, other);
                    return both[0].plus(both[1]);
                });
            }
        });
    }

    /// `x` times this.
    Series shifted() {
        return made(out -> {
            out.put(() -> Fraction.ZERO);
            while (true) {
                out.put(this::get);
            }
        });
    }

    /// Returns two series that each have all coefficients of this one. One can be far ahead of the other.
    ///
    /// One select serves both and requests from this series, because a coefficient of this series may depend on theirs.
    Series[] split() {
        Series left = new Series();
        Series right = new Series();
        Go.go(() -> {
            Branch one = new Branch(left);
            Branch two = new Branch(right);
            boolean asked = false;
            while (true) {
                one.serve();
                two.serve();
                boolean missing = one.wanted || two.wanted;
                switch (Selects.select(
                        left.requests.when(!one.wanted),
                        right.requests.when(!two.wanted),
                        requests.when(missing && !asked).sending(true),
                        answers(asked))) {
                    case First(_) -> one.wanted = true;
                    case Second(_) -> two.wanted = true;
                    case Third(_) -> asked = true;
                    case Fourth(var received) -> {
                        asked = false;
                        one.ahead.addLast(value(received));
                        two.ahead.addLast(value(received));
                    }
                }
            }
        });
        return new Series[] {left, right};
    }

    /// One of two series that share the coefficients of a third.
    private static final class Branch {

        private final Series series;
        private final ArrayDeque<Fraction> ahead =
                new ArrayDeque<>(); // coefficients that only the other branch has received
        private boolean wanted; // a request is pending

        Branch(Series series) {
            this.series = series;
        }

        void serve() {
            if (wanted && !ahead.isEmpty()) {
                series.coefficients.send(ahead.removeFirst());
                wanted = false;
            }
        }
    }

    /// With `F = f + xF'`, `G = g + xG'`: `FG = fg + x(fG' + gF' + xF'G')`.
    Series times(Series other) {
        return made(out -> {
            Fraction[] heads = new Fraction[2];
            out.put(() -> {
                System.arraycopy(getBoth(this, other), 0, heads, 0, 2);
                return heads[0].times(heads[1]);
            });
            Series[] f = split();
            Series[] g = other.split();
            Series rest = f[0].times(heads[1]).plus(g[0].times(heads[0])).plus(f[1].times(g[1]).shifted());
            while (true) {
                out.put(rest::get);
            }
        });
    }

    /// The integral with the constant `first`.
    Series integral(Fraction first) {
        return made(out -> {
            out.put(() -> first);
            for (long n = 1; ; n++) {
                long divisor = n;
                out.put(() -> get().times(Fraction.of(1, divisor)));
            }
        });
    }

    Series derivative() {
        return made(out -> {
            out.put(() -> {
                get();
                return get();
            });
            for (long n = 2; ; n++) {
                long factor = n;
                out.put(() -> get().times(Fraction.of(factor, 1)));
            }
        });
    }

    /// Returns the series `F` for which `F = step(F)`. `step` must not need a coefficient of `F` before it has produced that.
    static Series fixedPoint(UnaryOperator<Series> step) {
        Series loop = new Series();
        Series[] twins = loop.split();
        Series result = step.apply(twins[0]);
        Go.go(() -> {
            while (true) {
                loop.put(result::get);
            }
        });
        return twins[1];
    }
}
