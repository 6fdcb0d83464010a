#!/usr/bin/env python3
"""Reference values for Wilson's score interval, to 30 digits.

Shares no code with the crate: the normal quantile comes from the Taylor series of the error
function and Newton's method, the interval from the roots of (p - x)^2 = z^2 x (1 - x) / n, both
in decimal arithmetic.

    python3 wilson.py > wilson.csv
"""
from decimal import Decimal, getcontext

getcontext().prec = 60
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494")


def normal_cdf(x):
    term, total, k = x, x, 0
    while abs(term) > Decimal(10) ** -55:
        k += 1
        term = -term * x * x / (2 * k) * (2 * k - 1) / (2 * k + 1)
        total += term
    return Decimal("0.5") + total / (2 * PI).sqrt()


def quantile(p):
    x = Decimal(2)
    for _ in range(60):
        x -= (normal_cdf(x) - p) * (2 * PI).sqrt() * (x * x / 2).exp()
    return x


Z = quantile(Decimal("0.975"))


def wilson(hits, n):
    p, q = Decimal(hits) / n, Z * Z / n
    a, b, c = 1 + q, -(2 * p + q), p * p
    root = (b * b - 4 * a * c).sqrt()
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


CASES = [
    (0, 1), (1, 1), (1, 2), (0, 10), (1, 10), (2, 10), (5, 10), (9, 10), (10, 10), (0, 20),
    (1, 29), (7, 24), (15, 148), (81, 263), (3, 999), (500, 1000), (2703, 13447), (1, 3900000),
    (1950000, 3900000), (3899999, 3900000), (3900000, 3900000),
]

print("hits,n,low,high")
print(f"z,,{Z:.30f},")
for hits, n in CASES:
    low, high = wilson(hits, n)
    print(f"{hits},{n},{low:.30f},{high:.30f}")
