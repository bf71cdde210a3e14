"""The report's numbers as an Excel workbook: tables, figures with their definitions, and the records behind them."""

from colonnade.reporting.workbook.render import render_workbook

__all__ = ["render_workbook"]
