# What CI runs, and the two commands of the README, for those who have make.
PYTHON ?= python3

.PHONY: check test demo bench
check:
	$(PYTHON) dev.py lint
	$(PYTHON) dev.py test
test:
	$(PYTHON) dev.py test
demo:
	$(PYTHON) dev.py demo
bench:
	.venv/bin/python benchmarks/questions.py
	.venv/bin/python benchmarks/portfolio.py --contacts 20000
