"""The figure ledger of a document, and claims checked against it: see DESIGN.md, Verdict."""
