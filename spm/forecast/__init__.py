"""Seasonal projection, its back-test and its ranges: pure, from a long frame to a long frame."""

from spm.forecast.engine import backtest, projection
from spm.forecast.shape.explained import explained

__all__ = ["backtest", "explained", "projection"]
