# make run: install, index data/report.md on first start, serve the page. make test: the whole suite.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python

.PHONY: run test
run: .venv/run.done
	$(PY) app.py

test: .venv/test.done
	$(PY) -m pytest

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run.done: requirements.txt | .venv/bin/python
	$(PY) -m pip install --disable-pip-version-check -r requirements.txt
	touch $@

.venv/test.done: requirements-dev.txt requirements.txt | .venv/bin/python
	$(PY) -m pip install --disable-pip-version-check -r requirements-dev.txt
	touch .venv/run.done $@
