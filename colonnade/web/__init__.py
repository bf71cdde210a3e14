"""The pages: one folder an area, with its addresses, views, forms and templates; shared components in ``shared``.

A view parses the address, asks one query, renders a template. What a page says about numbers comes from the figures of
the current snapshot, opened for the reader (:mod:`colonnade.web.shared.reading`); what it says about one record comes
from the registry through ``visible_to``. What a reader may not see does not exist: it is the same 404.
"""
