"""The list of needs: what assessments of States recommend, as far as the reader may see."""
