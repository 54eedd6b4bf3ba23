"""Generalised least squares with autocorrelated errors, in small: columns of floats, one value for each row.

The errors of two rows correlate by `rho` to the power of the days between them (AR(1)). `rho` is estimated by
restricted maximum likelihood (Patterson & Thompson 1971); whitening removes the correlation (Prais & Winsten 1954).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, log, sqrt, sumprod

type Column = list[float]

# A column of which the others leave less is a combination of them.
LEAST_LEFT = 1e-8
# Autocorrelation of consecutive days, coarse enough for a diary and fine enough for its errors.
RHOS = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9)
STANDARD_ERRORS = 1.96
"""Standard errors to either side of an estimate that make its 95 % interval, by a normal distribution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A fitted model: the orthonormal basis of its whitened columns, and the whitened residuals of its outcome."""

    rho: float
    days: Sequence[int]
    basis: list[Column]
    residuals: Column

    @property
    def freedom(self) -> int:
        """Degrees of freedom of the residuals."""
        return len(self.days) - len(self.basis)

    @property
    def spread(self) -> float:
        """Standard deviation of the errors."""
        return sqrt(sumprod(self.residuals, self.residuals) / self.freedom)

    def residuals_of(self, column: Column) -> Column | None:
        """Return the whitened residuals of another column; None for a combination of the model's columns."""
        return left_of(whitened(column, self.days, self.rho), self.basis)


def fitted(outcome: Column, columns: Iterable[Column], days: Sequence[int], least_freedom: int) -> Fit | None:
    """Return the likeliest model of an outcome on ascending days, None with fewer degrees of freedom."""
    columns, best, likeliest = list(columns), None, -inf
    for rho in RHOS:
        basis, volume = _basis_of(whitened(column, days, rho) for column in columns)
        fit = Fit(rho=rho, days=days, basis=basis, residuals=_without(whitened(outcome, days, rho), basis))
        if fit.freedom < least_freedom or not fit.spread:
            return None
        scale = sum(log(1 - rho ** (2 * (day - before))) for before, day in pairwise(days))
        likelihood = -(2 * fit.freedom * log(fit.spread) + scale + volume) / 2
        if likelihood > likeliest:
            best, likeliest = fit, likelihood
    return best


def whitened(column: Column, days: Sequence[int], rho: float) -> Column:
    """Return a column so transformed that errors with this autocorrelation become independent."""
    found = column[:1]
    for number in range(1, len(column)):
        kept = rho ** (days[number] - days[number - 1])
        found.append((column[number] - kept * column[number - 1]) / sqrt(1 - kept * kept))
    return found


def left_of(column: Column, basis: Sequence[Column]) -> Column | None:
    """Return the residuals of a column beside a basis; None for a combination of the basis."""
    left = _without(column, basis)
    return left if sumprod(left, left) > LEAST_LEFT * sumprod(column, column) else None


def unit(column: Column) -> Column:
    """Return a column of the same direction and of length 1."""
    scale = 1 / sqrt(sumprod(column, column))
    return [value * scale for value in column]


def orthonormal(columns: Iterable[Column]) -> list[Column]:
    """Return the orthonormal basis of some columns."""
    return _basis_of(columns)[0]


def _basis_of(columns: Iterable[Column]) -> tuple[list[Column], float]:
    """Return the orthonormal basis of columns by modified Gram-Schmidt, and the logarithm of their squared volume."""
    basis: list[Column] = []
    volume = 0.0
    for column in columns:
        left = left_of(column, basis)
        if left is not None:
            volume += log(sumprod(left, left))
            basis.append(unit(left))
    return basis, volume


def _without(column: Column, basis: Sequence[Column]) -> Column:
    for direction in basis:
        share = sumprod(column, direction)
        column = [value - share * along for value, along in zip(column, direction, strict=True)]
    return column
