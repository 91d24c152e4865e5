"""Oracle of src/vector/rounded.rs: mpmath 1.3.0 at 80 digits.

    python tests/golden/rounded.py              writes rounded.csv: a function, an argument, and the double nearest to the true
                                                value, the numbers as their 16 hexadecimal digits
    python tests/golden/rounded.py --constants  prints the constants of src/vector/rounded.rs
"""

import math
import pathlib
import random
import struct
import sys

from mpmath import cos, log, mp, mpf, nint, pi, power, sin

mp.dps = 80

LOG10 = lambda x: log(x) / log(mpf(10))
EXP10 = lambda x: power(mpf(10), x)


def angles(rng):
    """Of all sizes, those of the datasets, and the doubles next to multiples of pi/4, where most bits of the argument cancel."""
    spread = [rng.uniform(0, limit) for limit in (1e-8, 1e-3, 1, 7, 30, 1e3, 1e6) for _ in range(60)]
    near = [float(k * pi / 4) for k in [*range(1, 60), 1_000, 12_345, 355 * 2, 103_993 * 4, 1_000_000]]
    neighbours = [math.nextafter(x, x + direction) for x in near for direction in (-1, 1)]
    linspace = [i * (3.12 / 199) for i in range(200)]
    return [0.5, 1.0, 2.0, 22.0, 5e-324, 1e-300, *spread, *near, *neighbours, *linspace]


def positive(rng):
    """Of all sizes, uniform as the random stream has them, next to 1, and those with exact logarithms."""
    any_size = [rng.uniform(1, 10) * 10.0 ** rng.randint(-320, 307) for _ in range(300)]
    uniform = [rng.random() for _ in range(300)]
    near_one = [1 + rng.uniform(-1, 1) * 10.0 ** -rng.randint(1, 15) for _ in range(100)]
    seams = [math.nextafter(x, direction) for x in (1.0, math.sqrt(2), math.sqrt(0.5), 2.2250738585072014e-308) for direction in (0, 9)]
    powers = [10.0**n for n in range(-307, 309)] + [5e-324, 1.0, sys.float_info.max]
    return [*any_size, *uniform, *near_one, *seams, *powers]


def exponents(rng):
    spread = [rng.uniform(-1, 1) * limit for limit in (1e-10, 0.01, 1, 5, 30, 307) for _ in range(60)]
    # scikit-learn's Cs and the ticks of a logarithmic axis.
    ninths = [i * (8.0 / 9.0) - 4.0 for i in range(10)]
    return [*spread, *ninths, *map(float, range(-307, 309))]


def hexadecimal(x):
    return struct.pack(">d", x).hex()


def nearest_double(value):
    """`float` rounds to nearest only where the result is normal."""
    if value == 0 or abs(value) >= mpf(2) ** -1022:
        return float(value)
    return int(nint(value * mpf(2) ** 1074)) * 5e-324


def write_golden():
    rng = random.Random(7)
    both_signs = [sign * x for x in angles(rng) for sign in (1.0, -1.0)]
    arguments = {"sin": both_signs, "cos": both_signs, "ln": positive(rng), "log10": positive(rng), "exp10": exponents(rng)}
    functions = {"sin": sin, "cos": cos, "ln": log, "log10": LOG10, "exp10": EXP10}
    rows = [
        f"{name},{hexadecimal(x)},{hexadecimal(nearest_double(functions[name](mpf(x))))}" for name, values in arguments.items() for x in values
    ]
    pathlib.Path(__file__).with_name("rounded.csv").write_text("function,x,value\n" + "\n".join(rows) + "\n")


def print_constants():
    """Each as a sum of doubles, the greatest first."""
    for name, value, count in [("HALF_PI", pi / 2, 3), ("LN_2", log(mpf(2)), 2), ("LN_10", log(mpf(10)), 2), ("LOG10_E", 1 / log(mpf(10)), 2)]:
        parts = []
        for _ in range(count):
            parts.append(float(value))
            value -= mpf(parts[-1])
        print(name, parts)


if __name__ == "__main__":
    print_constants() if "--constants" in sys.argv else write_golden()
