# What a person types. `make help` lists it. Set-up happens by itself and is quick the second time.
SHELL := /bin/bash
CACHE := $(or $(BESPOKE_CACHE),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/bespoke)
export CARGO_TARGET_DIR ?= $(CACHE)/target
export BESPOKE_MODELS ?= $(CACHE)/models
ADDR ?= 127.0.0.1:8080
BIN := $(CARGO_TARGET_DIR)/release/bespoke
CARGO_TEST := $(shell command -v cargo-nextest >/dev/null && echo "cargo nextest run --no-fail-fast" || echo "cargo test --no-fail-fast")

.DEFAULT_GOAL := help
.PHONY: help run test check bless api bench eval kills load fuzz screenshots dev models build

help: ## lists the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

run: ## sets up, builds and starts the app; prints its address
	@bash scripts/setup.sh run
	@$(MAKE) --no-print-directory build
	@exec "$(BIN)" serve --addr "$(ADDR)"

build: ## builds the page and the optimised binary
	@bash scripts/web.sh
	@cargo build --release --quiet --locked -p bespoke-cli

models: ## fetches and verifies the models
	@bash scripts/models.sh

test: ## sets up and runs all tests, the browser journey included
	@bash scripts/setup.sh test
	@bash scripts/web.sh
	$(CARGO_TEST) --locked --workspace
	cd web && npm test --silent
	cd e2e && BESPOKE_BIN="$(CARGO_TARGET_DIR)/debug/bespoke" npm test --silent

check: ## formatting, lints, types, licences, stale generated files
	@bash scripts/setup.sh run
	@bash scripts/web.sh
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	@bash scripts/deny.sh
	@$(MAKE) --no-print-directory api-is-fresh
	cd web && npm run --silent check

# All builds take the whole workspace: a part of it would want its dependencies with other features, and build them again.
.PHONY: api-is-fresh
api-is-fresh:
	@cargo build --quiet --locked --workspace --all-targets
	@"$(CARGO_TARGET_DIR)/debug/examples/openapi" | diff -u api/openapi.json - >/dev/null \
	  || { echo "api/openapi.json is stale: run 'make api' and commit what changes" >&2; exit 1; }

api: ## writes api/openapi.json and the TypeScript types from the code
	@bash scripts/setup.sh run
	cargo build --quiet --workspace --all-targets
	"$(CARGO_TARGET_DIR)/debug/examples/openapi" > api/openapi.json.new && mv api/openapi.json.new api/openapi.json
	cd web && npm run --silent api

bless: ## accepts the snapshots that the code now gives; read the diff before committing
	INSTA_UPDATE=always cargo test --workspace

bench: build ## speed: what README claims
	@bash bench/run.sh "$(BIN)"
	@bash scripts/setup.sh test
	@cd e2e && BESPOKE_PREVIEW_MS=150 BESPOKE_BIN="$(BIN)" node --test --test-reporter=tap tests/build.test.js | grep -E "^not ok|edit to preview"
	@cargo build --release --quiet --locked --workspace --examples
	@"$(CARGO_TARGET_DIR)/release/examples/growth" $(GROWTH)

eval: build ## accuracy: what README claims, over fixtures/; ENTITIES=resumes.jsonl adds names in running text
	@python3 bench/eval.py --bin "$(BIN)"
	@"$(BIN)" taxonomy check
	@bash bench/hostile.sh "$(BIN)"
	@cargo build --release --quiet --locked --workspace --examples
	@echo "== confidence: fields, said, right; first by curves of other layouts, then as shipped"
	@python3 bench/calibrate.py --cmd "$(CARGO_TARGET_DIR)/release/examples/parse --raw {}" fixtures/corpus/manifest.jsonl 2>&1 >/dev/null
	@python3 bench/reliability.py --cmd "$(CARGO_TARGET_DIR)/release/examples/parse --fields {}" fixtures/corpus/manifest.jsonl
	@if [ -n "$(ENTITIES)" ]; then bash bench/entities.sh "$(CARGO_TARGET_DIR)/release/examples/train_mentions" "$(ENTITIES)"; fi
	@"$(CARGO_TARGET_DIR)/release/examples/eval_audit" fixtures/corpus
	@"$(CARGO_TARGET_DIR)/release/examples/eval_tailor" fixtures
	@"$(CARGO_TARGET_DIR)/release/examples/eval_letters" fixtures/people fixtures/letters -- fixtures/jobs/{backend-engineer,financial-analyst,icu-nurse,account-executive,operations-manager}.txt
	@bash bench/labelled.sh "$(CARGO_TARGET_DIR)/release/examples"
	@node bench/reader.mjs --bin "$(BIN)" fixtures/agreement fixtures/resumes fixtures/parse fixtures/people fixtures/corpus/files

kills: ## kills the server a hundred times in the middle of uploads, edits and migrations: nothing acknowledged is lost
	@bash scripts/setup.sh test
	@bash scripts/web.sh
	BESPOKE_KILLS=100 cargo test --locked --workspace --test kills --test migration_kills -- --nocapture

load: build ## 200 people edit for five minutes, then ten times the uploads while others sign in: nothing lost, nothing slow
	@python3 bench/load.py --bin "$(BIN)"

fuzz: build ## asks every operation of the API with right and wrong requests: no 5xx
	@bash scripts/fuzz_api.sh "$(BIN)"
	@python3 bench/letters.py --bin "$(BIN)"

screenshots: ## the pictures in docs/images, from the running app
	@bash scripts/setup.sh test
	@bash scripts/web.sh
	@cargo build --locked --quiet --workspace --bins
	@mkdir -p e2e/artifacts
	cd e2e && BESPOKE_PICTURES=1 BESPOKE_BIN="$(CARGO_TARGET_DIR)/debug/bespoke" node --test --test-concurrency=1 tests/check.test.js tests/design.test.js tests/home.test.js tests/journey.test.js
	cd e2e/artifacts && cp tailor.png check.png phone.png ../../docs/images/
	cd e2e/artifacts && for one in home-busy 04-resume 08-roles templates; do cp $$one-desktop-light.png ../../docs/images/$${one#0?-}.png; done

dev: ## server and page with reload on change
	@bash scripts/setup.sh run
	@trap 'kill 0' EXIT; cargo run -p bespoke-cli -- serve --addr "$(ADDR)" & (cd web && npm run dev); wait
