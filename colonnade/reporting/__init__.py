"""From figures to documents: Word, PDF, Excel, HTML. Renderers get results only; they cannot reach the database."""
