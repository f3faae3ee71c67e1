// The collector with the four parts that gen's own configuration names.
package main

import (
	"log"

	"github.com/open-telemetry/opentelemetry-collector-contrib/extension/healthcheckextension"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/loggingexporter"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/otelcol"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/batchprocessor"
	"go.opentelemetry.io/collector/receiver"
	"go.opentelemetry.io/collector/receiver/otlpreceiver"
)

func main() {
	receivers, err := receiver.MakeFactoryMap(otlpreceiver.NewFactory())
	check(err)
	processors, err := processor.MakeFactoryMap(batchprocessor.NewFactory())
	check(err)
	exporters, err := exporter.MakeFactoryMap(loggingexporter.NewFactory())
	check(err)
	extensions, err := extension.MakeFactoryMap(healthcheckextension.NewFactory())
	check(err)
	settings := otelcol.CollectorSettings{
		BuildInfo: component.NewDefaultBuildInfo(),
		Factories: otelcol.Factories{Receivers: receivers, Processors: processors, Exporters: exporters, Extensions: extensions},
	}
	check(otelcol.NewCommand(settings).Execute())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
