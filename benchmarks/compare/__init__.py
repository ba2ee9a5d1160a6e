"""The same pairs through plain LangChain + FAISS, LlamaIndex and txtai retrieval with our embedding model, against ours."""
