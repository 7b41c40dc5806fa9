// Reads a dashboard strictly by the schemas that Grafana publishes of its own, and names what they do not know or miss.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/heatmap"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/statetimeline"
	"github.com/grafana/grafana-foundation-sdk/go/table"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"
	"github.com/grafana/grafana-foundation-sdk/go/units"
)

// Of the units that Grafana lists, those that a dashboard about DNS has a use for.
var known = map[string]bool{
	units.Short: true, units.LocaleFormat: true, units.PercentUnit: true,
	units.Seconds: true, units.BytesIEC: true, units.BytesSI: true,
	units.RequestsPerSecond: true, units.OpsPerSecond: true,
}

// An error without a text is none: the lists of errors are never nil.
func require(err error) {
	if err != nil && err.Error() != "" {
		fmt.Println(err)
		os.Exit(1)
	}
}

func requireUnits(where string, value any) {
	switch value := value.(type) {
	case map[string]any:
		for key, item := range value {
			if unit, isText := item.(string); key == "unit" && isText && !known[unit] {
				require(fmt.Errorf("%s: unknown unit '%s'", where, unit))
			}
			requireUnits(where, item)
		}
	case []any:
		for _, item := range value {
			requireUnits(where, item)
		}
	}
}

// The schemas take anything as the value of an override. It is read here as a setting of all series.
func requireOverrides(panel map[string]any) {
	config, isConfig := panel["fieldConfig"].(map[string]any)
	if !isConfig {
		return
	}
	defaults := config["defaults"].(map[string]any)
	overrides, _ := config["overrides"].([]any)
	for _, override := range overrides {
		for _, property := range override.(map[string]any)["properties"].([]any) {
			id := property.(map[string]any)["id"].(string)
			place, key := defaults, id
			if custom, isCustom := strings.CutPrefix(id, "custom."); isCustom {
				place, key = defaults["custom"].(map[string]any), custom
			}
			before, wasThere := place[key]
			place[key] = property.(map[string]any)["value"]
			requireUnits(id, defaults)
			whole, err := json.Marshal(panel)
			require(err)
			var read dashboard.Panel
			require(read.UnmarshalJSONStrict(whole))
			if place[key] = before; !wasThere {
				delete(place, key)
			}
		}
	}
}

func main() {
	runtime := cog.NewRuntime()
	runtime.RegisterDataqueryVariant(prometheus.VariantConfig())
	runtime.RegisterPanelcfgVariant(heatmap.VariantConfig())
	runtime.RegisterPanelcfgVariant(stat.VariantConfig())
	runtime.RegisterPanelcfgVariant(statetimeline.VariantConfig())
	runtime.RegisterPanelcfgVariant(table.VariantConfig())
	runtime.RegisterPanelcfgVariant(timeseries.VariantConfig())
	raw, err := os.ReadFile(os.Args[1])
	require(err)
	var board dashboard.Dashboard
	require(board.UnmarshalJSONStrict(raw))
	require(board.Validate())
	var tree struct{ Panels []map[string]any }
	require(json.Unmarshal(raw, &tree))
	for _, panel := range tree.Panels {
		requireUnits(fmt.Sprint(panel["title"]), panel)
		requireOverrides(panel)
	}
	fmt.Println("taken")
}
