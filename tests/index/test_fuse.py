"""Standardised sums, worked out by hand."""
from __future__ import annotations

import numpy as np
import pytest

from index.fuse import standardised, standardised_sum


def test_mean_and_spread_by_hand():
    # mean 4, deviations -2 -2 0 4, variance (4+4+0+16)/4 = 6
    assert standardised(np.array([2.0, 2.0, 4.0, 8.0])) == pytest.approx([-2 / 6**0.5, -2 / 6**0.5, 0, 4 / 6**0.5])


def test_scores_that_do_not_differ_say_nothing():
    assert standardised(np.array([7.0, 7.0, 7.0])).tolist() == [0, 0, 0]
    assert standardised_sum([np.array([7.0, 7.0]), np.array([0.0, 2.0])]).tolist() == [-1, 1]


def test_one_row():
    assert standardised_sum([np.array([3.0]), np.array([0.2])]).tolist() == [0]


def test_neither_unit_nor_offset_counts():
    bm25, cosine = np.array([0.0, 10.0, 20.0]), np.array([0.8, 0.9, 0.7])
    # bm25 → -√1.5, 0, √1.5; cosine → 0, √1.5, -√1.5
    assert standardised_sum([bm25, cosine]) == pytest.approx([-(1.5**0.5), 1.5**0.5, 0])
    assert standardised_sum([bm25 * 100 + 5, cosine]) == pytest.approx([-(1.5**0.5), 1.5**0.5, 0])


def test_a_clear_lead_outweighs_a_narrow_one():
    """What reciprocal ranks cannot tell: row 0 leads far in one score, row 1 hardly in the other."""
    far, hardly = np.array([9.0, 1.0, 0.0]), np.array([0.50, 0.51, 0.0])
    assert standardised_sum([far, hardly]).argmax() == 0


def test_single_precision_in_double_precision_out():
    assert standardised_sum([np.array([1, 3], np.float32)]).dtype == np.float64
