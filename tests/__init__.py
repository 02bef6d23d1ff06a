"""Tests of BuySignal; the tree mirrors the packages."""
