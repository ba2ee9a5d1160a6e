"""Documents → a folder on disk → Hits: dense and lexical search over sentences, fused."""
