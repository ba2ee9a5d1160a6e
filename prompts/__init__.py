"""Every wording that goes to the user around an answer, or to a model: files here, read through `prompts.render`."""
