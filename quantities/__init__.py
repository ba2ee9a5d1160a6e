"""Chinese text → quantities, dates, ranks and names that only look like figures. A leaf: imports nothing of ours."""
