"""Oracle of src/vector/functions.rs: mpmath 1.3.0 at 60 digits.

    python tests/golden/vector.py                  writes vector.csv: an input and the five functions of it, each as the 16 hexadecimal
                                                   digits of the double nearest to the true value
    python tests/golden/vector.py --coefficients   prints the constants of src/vector/functions.rs
"""

import math
import pathlib
import random
import struct
import sys

from mpmath import chebyfit, cosh, exp, expm1, log, mp, mpf, nint, sqrt, tanh

mp.dps = 60


def nearest_double(value):
    """`float` rounds to nearest only where the result is normal; mpmath's own rounding would round subnormals twice."""
    if value == 0 or abs(value) >= mpf(2) ** -1022:
        return float(value)
    return int(nint(value * mpf(2) ** 1074)) * 5e-324


# Beyond 2000, e^-|x| is far below the smallest double.


def sigmoid_of(x):
    if math.isnan(x) or math.isinf(x):
        return math.nan if math.isnan(x) else float(x > 0)
    return float(x > 0) if abs(x) > 2000 else nearest_double(1 / (1 + exp(-mpf(x))))


def tanh_of(x):
    if x == 0 or math.isnan(x) or math.isinf(x):
        return x if not math.isinf(x) else math.copysign(1.0, x)
    if abs(x) > 2000:
        return math.copysign(1.0, x)
    # Below 1e-30 tanh(x) is x (1 - x^2/3), which rounds to x.
    return x if abs(x) < 1e-30 else nearest_double(tanh(mpf(x)))


def sigmoid_derivative_of(x):
    if math.isnan(x) or math.isinf(x):
        return math.nan if math.isnan(x) else 0.0
    return 0.0 if abs(x) > 2000 else nearest_double(exp(-abs(mpf(x))) / (1 + exp(-abs(mpf(x)))) ** 2)


def tanh_derivative_of(x):
    return sigmoid_derivative_of(x) if math.isnan(x) or math.isinf(x) else 0.0 if abs(x) > 2000 else nearest_double(1 / cosh(mpf(x)) ** 2)


def ln_of(x):
    if math.isnan(x) or x < 0:
        return math.nan
    if x == 0 or math.isinf(x):
        return -math.inf if x == 0 else math.inf
    return nearest_double(log(mpf(x)))


def inputs():
    rng = random.Random(5)
    special = [0.0, 5e-324, 1e-310, 2.2250738585072014e-308, 2.225073858507201e-308, 1e-300, 1e-20, 2.0**-28, 1e-8, 0.5, 1.0, 2.0, math.e,
               19.0, 20.0, 36.7, 37.0, 40.0, 700.0, 708.0, 709.0, 709.8, 710.0, 744.0, 745.0, 745.13, 745.14, 746.0, 747.0, 1000.0, 1e10, 1e300,
               1.7976931348623157e308, math.inf]
    # Where the reductions change over: halves of ln 2 for e^x, tanh(x) = 1/2 and halves of ln 2 from there for tanh, the square roots of 2 and of 1/2 for ln.
    half = 1.585 * math.log(2) / 2
    seams = [k * math.log(2) / 2 for k in range(1, 60)] + [k * math.log(2) / 4 for k in range(1, 60)]
    seams += [half + k * math.log(2) / 2 for k in range(60)] + [0.55, math.sqrt(2), math.sqrt(0.5), 1.0]
    near = [math.nextafter(seam, seam + direction) for seam in seams + special[4:-1] for direction in (-1, 1)]
    spread = [rng.uniform(0, limit) for limit in (1e-3, 0.1, 0.55, 1, 2, 5, 20, 40, 745) for _ in range(60)]
    near_one = [1 + rng.uniform(-1, 1) * 10.0 ** -rng.randint(1, 15) for _ in range(60)]
    subnormal = [rng.random() * 2.0**-1022 for _ in range(100)]
    left_tail = [rng.uniform(700, 746) for _ in range(60)]
    any_bits = [struct.unpack("<d", struct.pack("<Q", rng.getrandbits(63)))[0] for _ in range(400)]
    magnitudes = special + seams + near + spread + near_one + subnormal + left_tail + [x for x in any_bits if not math.isnan(x)]
    return [sign * x for x in magnitudes for sign in (1.0, -1.0)] + [math.nan]


def hexadecimal(x):
    return "7ff8000000000000" if math.isnan(x) else struct.pack(">d", x).hex()


def write_golden():
    functions = [sigmoid_of, sigmoid_derivative_of, tanh_of, tanh_derivative_of, ln_of]
    rows = [",".join(hexadecimal(y) for y in [x, *(f(x) for f in functions)]) for x in inputs()]
    pathlib.Path(__file__).with_name("vector.csv").write_text("x,sigmoid,sigmoid_derivative,tanh,tanh_derivative,ln\n" + "\n".join(rows) + "\n")


def print_coefficients():
    """Polynomials through Chebyshev's nodes, which are within a small factor of the best of their degree; highest power last."""
    high = nint(log(2) * mpf(2) ** 42) / mpf(2) ** 42
    print("LN_2_HIGH (42 bits)", repr(float(high)), "LN_2_LOW", repr(float(log(2) - high)))

    def series(f, near_zero, z):
        """f is 0/0 at 0: its Taylor polynomial there."""
        return f(z) if abs(z) > mpf(10) ** -12 else near_zero(z)

    half = log(2) / 2 * mpf("1.0001")
    p, e = chebyfit(lambda r: series(lambda r: (expm1(r) - r) / r**2, lambda r: mpf(1) / 2 + r / 6 + r**2 / 24, r), [-half, half], 10, error=True)
    print("(e^r - 1 - r) / r^2", [repr(float(c)) for c in reversed(p)], "error", float(e))

    end = (log(3) * mpf("1.0001")) ** 2
    ratio = lambda z: (sqrt(z) / tanh(sqrt(z) / 2) - 2) / z
    p, e = chebyfit(lambda z: series(ratio, lambda z: mpf(1) / 6 - z / 360, z), [0, end], 8, error=True)
    print("(r / tanh(r/2) - 2) / r^2", [repr(float(c)) for c in reversed(p)], "error", float(e))

    end = ((sqrt(2) - 1) / (sqrt(2) + 1)) ** 2 * mpf("1.0001")
    ratio = lambda z: (log((1 + sqrt(z)) / (1 - sqrt(z))) / sqrt(z) - 2) / z
    p, e = chebyfit(lambda z: series(ratio, lambda z: mpf(2) / 3 + 2 * z / 5, z), [0, end], 7, error=True)
    print("(ln((1+s)/(1-s)) / s - 2) / s^2", [repr(float(x)) for x in reversed(p)], "error", float(e))


if __name__ == "__main__":
    print_coefficients() if "--coefficients" in sys.argv else write_golden()
