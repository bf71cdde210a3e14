"""What every area uses: the reader's request, the open snapshot, addresses of numbers, components, base template."""
