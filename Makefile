# Everything here runs with a POSIX shell, Go and make; the end-to-end checks
# also need the programs that .ci/run installs.

.POSIX:
.PHONY: help build demo test lint e2e bench bench-peers fuzz vuln install dist new-rule update clean pictures

GO = go
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZTIME = 10s
SEED =

help: ## this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z0-9-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

build: ## the program, as bin/tierline
	$(GO) build -trimpath -buildvcs=false -o bin/tierline ./cmd/tierline

PREFIX = /usr/local
DESTDIR =

install: build ## the program and its manual pages below PREFIX=/usr/local
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 0755 bin/tierline $(DESTDIR)$(PREFIX)/bin/tierline
	install -m 0644 templates/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/

dist: ## archives for Linux, macOS and Windows with SHA256SUMS, in dist/ (TARGETS="linux/amd64" for some; needs GNU tar)
	.ci/dist $(TARGETS)

demo: build ## audit the sample organisations; prints the figures and where workbook and PDF are
	bin/tierline audit samples/acme
	bin/tierline audit samples/enterprise
	bin/tierline audit samples/datacenter
	bin/tierline audit samples/europe

# SEED orders the tests and starts what random tests draw. Without one each run
# takes a new one and prints it, so that a failure can be repeated.
test: ## every test in random order (SEED=n repeats one), with the race detector where a C compiler is found
	@cc=$$($(GO) env CC); \
	if [ "$$($(GO) env CGO_ENABLED)" = 1 ] && \
		printf '#include <stdlib.h>\nint main(void) { return 0; }\n' | $$cc -x c -o /dev/null - >/dev/null 2>&1; then \
		race=-race; \
		echo "make test: with the race detector (C compiler: $$cc)"; \
	elif [ "$${TIERLINE_REQUIRE_RACE:-}" = 1 ]; then \
		echo "make test: TIERLINE_REQUIRE_RACE is set, but there is no working C compiler for the race detector (or cgo is off)" >&2; \
		exit 1; \
	else \
		race=; \
		echo "make test: WITHOUT the race detector: no working C compiler (or cgo is off)"; \
	fi; \
	seed="$(SEED)"; [ -n "$$seed" ] || seed=$$(od -A n -N 4 -t u4 /dev/urandom | tr -d ' '); \
	echo "make test: make test SEED=$$seed repeats this run"; \
	set -x; RAPID_SEED=$$seed $(GO) test $$race -timeout 30m -shuffle=$$seed ./...

lint: ## gofmt, go vet, staticcheck, and go.mod as go mod tidy leaves it
	@echo gofmt -l .; files=$$(gofmt -l .) || exit 1; \
	if [ -n "$$files" ]; then echo "not as gofmt writes it:" >&2; echo "$$files" >&2; exit 1; fi
	$(GO) mod tidy -diff
	$(GO) vet -tags e2e ./...
	GOARCH=arm64 $(GO) vet ./ingest/table/marks
	$(GO) vet -tags purego ./ingest/table/marks
	$(GO) run $(STATICCHECK) -tags e2e ./...

e2e: ## the demo's files as LibreOffice, Gnumeric, qpdf and poppler see them; hundreds of kills, full disks, a million accounts interrupted
	$(GO) test -tags e2e -count=1 -timeout 60m -run '^TestEndToEnd' ./cmd/tierline

bench: ## every benchmark
	$(GO) test -run '^$$' -bench . -benchmem ./...

bench-peers: build ## the program beside DuckDB, libxlsxwriter and pandas, where they can be installed; medians of five runs
	.ci/bench-peers

# Before Go 1.27 a fuzz run can end with a bare "context deadline exceeded" when
# its time is up (go.dev/issue/75804). That is no finding: a finding is written
# to testdata/fuzz and named in the output.
fuzz: ## every fuzz target for a short time (FUZZTIME=10s each)
	@list=$$($(GO) test -list '^Fuzz' ./...) || { echo "$$list"; exit 1; }; \
	targets=$$(echo "$$list" | awk '/^Fuzz/ { f[n++] = $$1 } /^ok/ { for (i = 0; i < n; i++) print $$2 "=" f[i]; n = 0 }'); \
	for t in $$targets; do \
		echo "fuzz $${t#*=} in $${t%%=*} for $(FUZZTIME)"; \
		out=$$($(GO) test -run '^$$' -fuzz "^$${t#*=}\$$" -fuzztime $(FUZZTIME) "$${t%%=*}" 2>&1) && code=0 || code=$$?; \
		echo "$$out" | tail -n 3; \
		[ $$code -eq 0 ] && continue; \
		case $$out in \
		*"Failing input"*) ;; \
		*"context deadline exceeded"*) echo "fuzz $${t#*=}: the time was up in the middle of an input; nothing found"; continue ;; \
		esac; \
		echo "$$out"; exit 1; \
	done

vuln: ## known vulnerabilities in what the program calls (needs vuln.go.dev or the Go module proxy)
	.ci/vuln

new-rule: ## begin a rule: make new-rule ID=my-rule
	$(GO) run ./rules/newrule -id "$(ID)" -dir rules

update: ## write the golden files again, in every package whose tests know -update
	@dirs=$$(find . -name '*_test.go' -exec grep -lE 'flag\.Bool(Var)?\(.*"update"|rulestest\.Updating' {} + | sed 's|/[^/]*$$||' | sort -u); \
	if [ -z "$$dirs" ]; then echo "make update: no test knows -update"; exit 0; fi; \
	set -x; $(GO) test $$dirs -update

clean: ## remove what the targets above leave behind
	rm -rf bin out coverage.out samples/*/runs

pictures: build ## the README's pictures, from the sample's reports (needs poppler and LibreOffice)
	rm -rf bin/pictures && bin/tierline audit samples/acme --out bin/pictures >/dev/null
	run=bin/pictures/$$(cat bin/pictures/latest); \
	pdftoppm -r 90 -png -f 1 -l 1 -singlefile $$run/finance.pdf samples/pictures/finance; \
	soffice --headless --convert-to pdf --outdir bin/pictures $$run/audit.xlsx >/dev/null; \
	page=$$(for n in $$(seq 3 60); do \
		[ "$$(pdftotext -f $$n -l $$n bin/pictures/audit.pdf - 2>/dev/null | head -n 1)" = Actions ] && echo $$n && break; \
	done); \
	[ -n "$$page" ] || { echo "no page of the workbook begins with Actions" >&2; exit 1; }; \
	pdftoppm -r 130 -png -f $$page -l $$page -singlefile -x 20 -y 20 -W 1500 -H 500 bin/pictures/audit.pdf samples/pictures/workbook
