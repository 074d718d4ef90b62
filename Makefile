# What people run is at the top; README says what each is for.
GO      ?= go
HEADLESS = CGO_ENABLED=0 $(GO)
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: demo test check bench soak vm wine shots deps build oracle headless window fuzz clean

demo:
	@scripts/demo.sh

test: deps oracle
	@scripts/system.sh test
	$(MAKE) --no-print-directory headless
	$(MAKE) --no-print-directory fuzz RUNS=20000
	$(MAKE) --no-print-directory build
	$(MAKE) --no-print-directory window

# Under two minutes once the caches are warm: everything but the window and the long runs.
check: deps oracle
	@scripts/system.sh test
	@test -z "$$(gofmt -l . | tee /dev/stderr)" || { echo "gofmt these files" >&2; exit 1; }
	$(HEADLESS) vet -tags ci ./...
	$(HEADLESS) run $(STATICCHECK) -tags ci ./...
	$(HEADLESS) test -tags ci -short ./...

# Speed and memory, never as a test that can fail on a busy machine.
bench: deps
	$(HEADLESS) test -tags ci -run '^$$' -bench . -benchmem ./...
	$(MAKE) --no-print-directory build
	PACKBENCH_BINARY=$(CURDIR)/packbench $(HEADLESS) test -tags 'ci window' -run '^$$' -bench EnterToPixels -benchtime 1x -v ./internal/acceptance

# What takes longer than a test may: run it before calling something done.
soak: deps oracle
	@scripts/system.sh test
	PACKBENCH_SOAK=1 $(HEADLESS) test -tags ci -timeout 3h -count 1 ./...
	$(MAKE) --no-print-directory build
	PACKBENCH_SOAK=1 PACKBENCH_BINARY=$(CURDIR)/packbench $(HEADLESS) test -tags 'ci window' -count 1 -timeout 60m -run TestWindowManyScans ./internal/acceptance
	$(MAKE) --no-print-directory fuzz RUNS=500000

# The links to USB and serial printers on the kernel's own drivers, in a virtual machine. KERNEL_DEB names its kernel, else apt fetches Debian's.
vm:
	@scripts/system.sh vm
	@GO="$(GO)" scripts/vm.sh

# The Windows program's way to a printer, under Wine with a CUPS queue behind it.
wine: deps
	@scripts/system.sh wine
	@GO="$(GO)" scripts/wine.sh

# Every screen in both languages and both themes, everything that stops, refuses or asks, as the rules decide it, and every paper of ours.
shots: deps
	$(HEADLESS) run -tags ci ./ui/shots docs/screens
	$(HEADLESS) test -tags ci -count 1 -run '^TestRefusals$$' ./internal/window -pictures $(CURDIR)/docs/screens/refusals
	$(HEADLESS) test -tags ci -count 1 -run '^TestPapers$$' ./internal/cli -papers $(CURDIR)/docs/screens/papers

# What the build embeds and git does not hold, pinned by hash.
deps:
	@scripts/deps.sh

build: deps
	@scripts/system.sh build
	$(GO) build -trimpath -o packbench .

oracle:
	@cmp -s scripts/oracle/package-lock.json scripts/oracle/node_modules/.installed || \
		{ npm ci --silent --omit=optional --ignore-scripts --prefix scripts/oracle && cp scripts/oracle/package-lock.json scripts/oracle/node_modules/.installed; }

headless:
	$(HEADLESS) vet -tags ci ./...
	$(HEADLESS) test -tags ci -timeout 20m ./...

window:
	PACKBENCH_BINARY=$(CURDIR)/packbench $(HEADLESS) test -tags 'ci window' -count 1 -timeout 10m -run "TestWindow" ./internal/acceptance

RUNS ?= 100000
fuzz:
	@scripts/fuzz.sh $(RUNS)

clean:
	rm -rf packbench build
