# qulaq. `make` builds, `make demo` shows, `make test` proves.

GO       ?= go
GOFUMPT   = $(GO) run mvdan.cc/gofumpt@v0.12.0
STATIC    = $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2
DEMO      = build/demo
ROWS     ?= 1000000 5000000
VIEWROWS ?= 20000000

.PHONY: all build engine demo test prove torture soak eval lint walls fuzz bench clean

all: build engine

build:
	$(GO) build -trimpath -o bin/qulaq ./cmd/qulaq

# The engine goes into the user's cache, once; every later call finds it there.
engine: build
	@./bin/qulaq clickhouse --fetch --quiet

# Half a year of complaints in three files, as publishers write them, the plans of twenty akimats as their sites
# show them, and what an analyst asks first.
demo: all
	@mkdir -p $(DEMO)
	@$(GO) run ./internal/sample/gen -kind demo -out $(DEMO)/inbox
	@$(GO) build -o $(DEMO)/site ./internal/sample/site
	@cp internal/sample/demo.yaml $(DEMO)/qulaq.yaml
	@sh internal/sample/demo.sh ./bin/qulaq $(DEMO)/qulaq.yaml $(DEMO)/site

test: all
	$(GO) test -timeout 20m -skip '^TestProve' ./...

# What takes minutes: every way of breaking a site, what was killed in the middle, a server that fails, nights of soak.
prove: all
	$(GO) test -timeout 40m -run '^TestProve' ./...

# Kills, cuts and fills until something breaks: torture NAME VALUE.
ROUNDS ?= 500
torture: engine
	@$(GO) run ./internal/torture -rounds $(ROUNDS)

# A year of nights with a fault in every tenth, and what has grown since the tenth night: soak NAME VALUE.
NIGHTS ?= 366
soak: engine
	@$(GO) run ./internal/soak -nights $(NIGHTS)

# How well places, categories, personal data and plans are understood: eval NAME VALUE.
eval:
	@$(GO) run ./internal/eval

lint: walls
	@test -z "$$($(GOFUMPT) -l .)" || { echo "not gofumpt-ed:"; $(GOFUMPT) -l .; exit 1; }
	$(GO) vet ./...
	$(STATIC) ./...

# extract, transform and load do not know one another; nobody but pipelines and cmd knows them all.
walls:
	@sh .ci/walls

# Every fuzz target for a while: FUZZTIME=1m make fuzz.
FUZZTIME ?= 20s
fuzz:
	@for pkg in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; \
	  done; \
	done

bench: all
	@$(GO) run ./internal/bench -speeds
	@$(GO) run ./internal/bench -gather -dir build/bench
	@for rows in $(ROWS); do $(GO) run ./internal/bench -qulaq ./bin/qulaq -rows $$rows -dir build/bench || exit 1; done
	@$(GO) run ./internal/bench -views $(VIEWROWS) -dir build/bench

clean:
	rm -rf bin build
