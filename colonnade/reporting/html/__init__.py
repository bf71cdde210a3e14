"""The report as HTML: one self-contained, accessible file, or the same body for a page of the web application.

No scripts and no requests: styles and charts are inside. Every number is a link to the entry of its figure.
"""

from colonnade.reporting.html.page import annex_link, render_body, render_html, style

__all__ = ["annex_link", "render_body", "render_html", "style"]
