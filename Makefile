# The commands of the project. Recipes are short; what they call is in the tools.
SHELL := /bin/bash
.DEFAULT_GOAL := help
COMPONENTS ?= embedded
DATA_DIR ?= .data
CONFIGURATION ?= Release
SIDECAR := artifacts/sidecar/resort-sidecar
SOURCES := $(shell find services workflows sdk sidecar -type f \( -name '*.cs' -o -name '*.csproj' -o -name '*.proto' -o -name '*.json' \) -not -path '*/obj/*' -not -path '*/bin/*' -not -path 'services/Notification/*') $(shell find services/View/wwwroot -type f) $(wildcard Directory.*)
NOTIFICATION := services/Notification
NODE := $(shell command -v npm >/dev/null && node -e 'process.exit(+(parseInt(process.versions.node) < 20))' && echo 20)
BOOKING := curl -si http://localhost:8088/reservations -H "content-type: application/json" -d "{\"resort\":\"jeju-ocean\",\"date\":\"$(shell date -d '+30 days' +%F 2>/dev/null || date -v+30d +%F)\",\"nights\":2,\"rooms\":1,\"persons\":2,\"name\":\"Kim Minji\",\"phone\":\"010-1234-5678\",\"paymenttype\":\"card\"}"

.PHONY: help build doctor run run-dapr test check bench demo coverage images push render deploy deployed rollback clean

help: ## one line per target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: artifacts/built $(if $(NODE),$(NOTIFICATION)/dist/main.js) ## Release build; leaves the embedded sidecar as artifacts/sidecar/resort-sidecar

artifacts/built: $(SOURCES)
	dotnet build Resort.Run.slnf -c $(CONFIGURATION) --nologo -v q
	dotnet publish sidecar/Resort.Sidecar.csproj -c $(CONFIGURATION) --nologo -v q -o artifacts/sidecar
	@touch $@

$(NOTIFICATION)/dist/main.js: $(shell find $(NOTIFICATION)/src -type f) $(NOTIFICATION)/tsconfig.json $(NOTIFICATION)/node_modules/.package-lock.json
	cd $(NOTIFICATION) && node_modules/.bin/tsc

$(NOTIFICATION)/node_modules/.package-lock.json: $(NOTIFICATION)/package-lock.json
	cd $(NOTIFICATION) && npm ci --no-audit --no-fund --loglevel=error

doctor: ## what is missing here for `make run` and `make test`, and what to do: tools, ports, YAML, servers. COMPONENTS=set
	@CHECK="$(SIDECAR) check -f dapr.yaml $(if $(NODE),,--without notification) --resources-path components/shared --resources-path components/$(COMPONENTS)" tools/doctor

# each run has its own, unless they are given: an app serves its sidecar only, and a sidecar its app
TOKEN = $(shell od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
run: export DAPR_API_TOKEN ?= $(TOKEN)
run: export APP_API_TOKEN ?= $(TOKEN)
# View's own database is where the set's state is
VIEW_postgres-rabbitmq = Host=$(or $(POSTGRES_HOST),localhost);Port=$(or $(POSTGRES_PORT),5432);Database=$(or $(POSTGRES_DATABASE),resort);Username=$(or $(POSTGRES_USER),resort);Password="$(value POSTGRES_PASSWORD)"
run demo bench: export ConnectionStrings__View ?= $(VIEW_$(COMPONENTS))
run: build ## start every app with the embedded sidecar; Ctrl-C stops all. COMPONENTS=set DATA_DIR=folder
	$(if $(NODE),,@echo "Notification needs Node 20 with npm, which is not here: the rest is started without it.")
	@DATA_DIR="$(DATA_DIR)" $(SIDECAR) run -f dapr.yaml $(if $(NODE),,--without notification) --resources-path components/shared --resources-path components/$(COMPONENTS) --restart-hung 30 --ready-message '$(BOOKING)'

run-dapr: export DAPR_API_TOKEN ?= $(TOKEN)
run-dapr: export APP_API_TOKEN ?= $(TOKEN)
run-dapr: build ## the same under real Dapr: finds CLI and daprd, or says how to get them. COMPONENTS=redis
	@COMPONENTS=$(if $(filter embedded,$(COMPONENTS)),redis,$(COMPONENTS)) tools/run-dapr

test: build ## everything that can run on this machine; last line: N passed, N failed, N skipped
	@tests/run

check: ## the inner loop: format, build, unit and architecture tests
	dotnet build Resort.sln --nologo -v q
	@CONFIGURATION=Debug tests/run Unit Architecture

bench: build ## closed loop of bookings through the gateway at 1, 16, 64 and 640 clients; the books are checked afterwards
	@dotnet run -c $(CONFIGURATION) --project tests/Bench -- 10 1,16,64,640 notification points # a booking, its ticket and its view; what guests are told and earn is not part of it

demo: build ## a tour: books, cancels, sells out, lets deposits expire and services fail, and shows every request, answer and view
	@dotnet run -c $(CONFIGURATION) --project tests/Demo

coverage: ## unit tests with coverage, as Cobertura XML under artifacts/coverage
	dotnet test tests/Unit -c $(CONFIGURATION) --nologo --collect:"XPlat Code Coverage" --results-directory artifacts/coverage

# images are named resort/app:version; with REGISTRY in front they can be pushed
IMAGES := gateway reservation payment issue points view notification
TAG ?= $(shell sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
PREFIX := $(if $(REGISTRY),$(REGISTRY)/)resort
images: ## container images of all services, by the SDK and docker. TAG=version REGISTRY=host/path
	@set -e; for image in $(IMAGES); do if [ $$image = notification ]; then docker build -t $(PREFIX)/$$image:$(TAG) $(NOTIFICATION); \
	  else dotnet publish services/$${image^} -t:PublishContainer -c Release --nologo -v q -p:ContainerRepository=$(PREFIX)/$$image -p:ContainerImageTag=$(TAG); fi; done

push: ## push the images. TAG=version REGISTRY=host/path
	@set -e; for image in $(IMAGES); do docker push $(PREFIX)/$$image:$(TAG); done

OVERLAY ?= local
render: ## the manifests of a cluster. OVERLAY=local or production, TAG=version REGISTRY=host/path
	@kubectl kustomize k8s/overlays/$(OVERLAY) | sed -E 's#image: resort/([a-z]+):.*#image: $(PREFIX)/\1:$(TAG)#'

deploy: ## put them into the current cluster, and wait until all is ready
	$(MAKE) -s render | kubectl apply --server-side -f -
	kubectl -n resort rollout status deployment --timeout=10m

deployed: ## the version that the current cluster has
	@kubectl -n resort get deployment gateway --ignore-not-found -o "jsonpath={.spec.template.spec.containers[0].image}" | sed 's/.*://'

rollback: ## back to an earlier version, with the manifests that it had. TAG=its commit or release
	@set -e; earlier=$$(mktemp -d); trap "rm -rf $$earlier" EXIT; git archive $(TAG) | tar -x -C "$$earlier"; $(MAKE) -C "$$earlier" deploy

clean: ## remove what builds and runs have left
	rm -rf artifacts .data $(NOTIFICATION)/dist; find . -type d \( -name bin -o -name obj \) -not -path './node_modules/*' -prune -exec rm -rf {} +
