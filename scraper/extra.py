"""The tools that collecting needs beyond the core."""

from __future__ import annotations

from companion.extras import Extra

# Measured on Linux (x86-64): playwright 0.16 with its driver; the browser is the one that is installed.
SCRAPE = Extra("scrape", "the collecting tools", ("playwright", "apscheduler", "tzlocal"), 0.2)
