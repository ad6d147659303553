# Each target sets up all it needs by itself; `make` alone prints what there is.
PYTHON := $(shell for p in python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
# On every core; the tests of one file share what they made, so they stay together.
PYTEST := $(BIN)/python -m pytest --quiet --numprocesses=auto --maxprocesses=4 --dist=loadfile
LONGEST_FIRST := --no-loadscope-reorder tests/web tests/trial tests/story tests
ON_POSTGRESQL := DENSACH_TEST_DATABASE=postgresql $(PYTEST)
.DEFAULT_GOAL := help
.PHONY: help try stories stop test slow spark test-all bench lint lock demonstration runtime development

help: # prints these lines
	@sed -n 's/^\([a-z-]*\):.*# \(.*\)/make \1\t\2/p' Makefile | expand -t 20

try: runtime # trang web của một xã mẫu, tài khoản cho từng vai / the site of a fictional commune, an account for each role
	@$(BIN)/densach try

stories: runtime # ba câu chuyện bằng tệp: hai cách đọc luật, một lần sáp nhập / three stories in files
	@$(BIN)/densach try --stories

stop: # dừng trang web của make try / end the site that make try began
	@test ! -x $(BIN)/densach || $(BIN)/densach try --stop

test: lint # kiểm tra nhanh, trên hai cơ sở dữ liệu / the quick checks: style, types, contracts, tests on both databases
	@$(PYTEST) -m "not slow"
	@$(ON_POSTGRESQL) -m "django_db and not slow"

test-all: test slow # mọi kiểm tra / everything: the quick checks and the slow ones, both on both databases (they need tools/debian-packages.txt)

slow: development
	@$(PYTEST) $(LONGEST_FIRST) -m "slow"
	@$(ON_POSTGRESQL) $(LONGEST_FIRST) -m "django_db and slow"

spark: development # cả nước trên Spark, hai tiến trình / the country on a Spark cluster of two processes (needs Java)
	@$(BIN)/python -m pip install --quiet --upgrade --no-deps --require-hashes --target build/spark -r tests/nation/spark.lock
	@PYTHONPATH=build/spark $(PYTEST) -n 0 -m slow tests/nation/test_spark.py

bench: development # đo tốc độ, in tỷ số / measure speed and print ratios (docs/limits.md)
	@for bench in policy_load one_subject population nation certificates open_workbook likeness carry_over import_workbook village_grid hundred_people submissions formalism council dashboards; do $(BIN)/python -W ignore bench/$$bench.py || exit; done

lint: development # kiểu viết, kiểu dữ liệu, hướng phụ thuộc / style, types, import contracts, budgets
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache --no-logo
	@$(BIN)/python tools/budgets.py

lock: # ghi lại phiên bản các gói / resolve the packages anew and write both lock files
	@$(PYTHON) tools/locking.py

demonstration: development # lập lại xã MẪU đi kèm, hai đến ba phút / make the demonstration that ships anew, two to three minutes
	@$(BIN)/python tools/pack_demonstration.py

runtime development:
	@test -n "$(PYTHON)" || { \
		echo "Máy chưa có Python 3.11, nên chưa chạy được lệnh này. Hãy cài Python 3.11 (Debian 12: sudo apt install python3 python3-venv) rồi chạy lại."; \
		echo "This machine has no Python 3.11, so nothing was run. Install Python 3.11 (Debian 12: sudo apt install python3 python3-venv) and try again."; \
		exit 2; } >&2
	@$(PYTHON) tools/setup.py $@ "make $(MAKECMDGOALS)"
