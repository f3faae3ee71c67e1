// The fields of Kubernetes' API that are behind a feature gate, as JSON: gates API KUBERNETES...
//
// API is the folder of the module k8s.io/api, whose comments name the gate of a field (`+featureGate=`); KUBERNETES are those
// of k8s.io/kubernetes, the newest first, which say of each gate whether it is open by default, version by version: a gate that nobody has
// to open any more is gone from the newer ones. For each definition and field: the gate, and the minor version of Kubernetes 1 from which on
// it is open; 0 if it is closed in the newest. What is open in every version that they tell of is left out, and so is what is not settled
// yet, and what the server writes.
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// Fields that lack the comment, or whose comment names a gate that there is not.
var unmarked = map[string]string{
	"batch/v1.JobSpec.backoffLimitPerIndex":            "JobBackoffLimitPerIndex",
	"batch/v1.JobSpec.managedBy":                       "JobManagedBy",
	"batch/v1.JobSpec.maxFailedIndexes":                "JobBackoffLimitPerIndex",
	"batch/v1.JobSpec.podReplacementPolicy":            "JobPodReplacementPolicy",
	"batch/v1.JobSpec.successPolicy":                   "JobSuccessPolicy",
	"core/v1.Container.restartPolicy":                  "ContainerRestartRules",
	"core/v1.Lifecycle.stopSignal":                     "ContainerStopSignals",
	"core/v1.LifecycleHandler.sleep":                   "PodLifecycleSleepAction",
	"core/v1.PodAffinityTerm.matchLabelKeys":           "MatchLabelKeysInPodAffinity",
	"core/v1.PodAffinityTerm.mismatchLabelKeys":        "MatchLabelKeysInPodAffinity",
	"core/v1.PodCertificateProjection.userAnnotations": "PodCertificateRequest",
	"core/v1.PodSpec.hostUsers":                        "UserNamespacesSupport",
	"core/v1.SecurityContext.procMount":                "ProcMountType",
	"core/v1.ServiceSpec.trafficDistribution":          "ServiceTrafficDistribution",
	"core/v1.Volume.image":                             "ImageVolume",
	"core/v1.VolumeMount.recursiveReadOnly":            "RecursiveReadOnlyMounts",
	"core/v1.VolumeProjection.podCertificate":          "PodCertificateRequest",
	"storage/v1.CSIDriverSpec.storageCapacity":         "",
}

var settled = regexp.MustCompile(`^v[0-9]+$`)

type gated struct {
	Gate string `json:"gate"`
	Open int    `json:"open"`
}

func main() {
	opened := map[string]int{}
	for _, home := range os.Args[2:] {
		for gate, since := range openedIn(filepath.Join(home, "pkg", "features", "kube_features.go")) {
			if _, known := opened[gate]; !known {
				opened[gate] = since
			}
		}
	}
	found := map[string]map[string]gated{}
	must(filepath.WalkDir(os.Args[1], func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Base(path) != "types.go" || !settled.MatchString(filepath.Base(filepath.Dir(path))) {
			return err
		}
		home, _ := filepath.Rel(os.Args[1], filepath.Dir(path))
		for definition, fields := range behind(path) {
			if strings.HasSuffix(definition, "Status") {
				continue
			}
			for field, gate := range fields {
				place := home + "." + definition + "." + field
				if other, is := unmarked[place]; is {
					delete(unmarked, place)
					gate = other
				}
				if gate == "" {
					continue
				}
				open, known := opened[gate]
				if !known {
					return fmt.Errorf("%s: nothing is known of the gate %s", place, gate)
				}
				if open == always {
					continue
				}
				name := "io.k8s.api." + strings.ReplaceAll(home, "/", ".") + "." + definition
				if found[name] == nil {
					found[name] = map[string]gated{}
				}
				found[name][field] = gated{gate, open}
			}
		}
		return nil
	}))
	if len(unmarked) > 0 {
		must(fmt.Errorf("there is none of the fields %v", unmarked))
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	must(encoder.Encode(found))
}

// A gate that is open in every version that is told of.
const always = -1

// For each gate the version since which it is open by default: 0 if it is not, `always` if it is open in the first that is told of.
func openedIn(path string) map[string]int {
	since := map[string]int{}
	ast.Inspect(parse(path), func(node ast.Node) bool {
		one, is := node.(*ast.KeyValueExpr)
		if !is {
			return true
		}
		versions, is := one.Value.(*ast.CompositeLit)
		if !is || len(versions.Elts) == 0 {
			return true
		}
		open := always
		for i, spec := range versions.Elts {
			fields, is := spec.(*ast.CompositeLit)
			if !is {
				return true
			}
			minor, isOpen := 0, false
			for _, field := range fields.Elts {
				pair := field.(*ast.KeyValueExpr)
				switch pair.Key.(*ast.Ident).Name {
				case "Version":
					text := pair.Value.(*ast.CallExpr).Args[0].(*ast.BasicLit).Value
					minor, _ = strconv.Atoi(strings.Split(strings.Trim(text, `"`), ".")[1])
				case "Default":
					isOpen = pair.Value.(*ast.Ident).Name == "true"
				}
			}
			switch {
			case !isOpen:
				open = 0
			case i > 0 && open == 0:
				open = minor
			}
		}
		switch key := one.Key.(type) {
		case *ast.Ident:
			since[key.Name] = open
		case *ast.SelectorExpr:
			since[key.Sel.Name] = open
		}
		return false
	})
	return since
}

var marker = regexp.MustCompile(`(?m)^\s*\+featureGate=(\w+)\s*$`)

// By type and field, as JSON has it, the gate that the comment names; an empty one if it names none.
func behind(path string) map[string]map[string]string {
	found, inlined := map[string]map[string]string{}, map[string][]string{}
	ast.Inspect(parse(path), func(node ast.Node) bool {
		one, is := node.(*ast.TypeSpec)
		if !is {
			return true
		}
		fields, is := one.Type.(*ast.StructType)
		if !is {
			return false
		}
		for _, field := range fields.Fields.List {
			if field.Tag == nil {
				continue
			}
			tag, _ := strconv.Unquote(field.Tag.Value)
			name, _, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
			if inner, is := field.Type.(*ast.Ident); is && name == "" {
				inlined[one.Name.Name] = append(inlined[one.Name.Name], inner.Name)
			}
			if found[one.Name.Name] == nil {
				found[one.Name.Name] = map[string]string{}
			}
			gate := ""
			if said := marker.FindStringSubmatch(field.Doc.Text()); said != nil {
				gate = said[1]
			}
			found[one.Name.Name][name] = gate
		}
		return false
	})
	var whole func(name string) map[string]string
	whole = func(name string) map[string]string {
		for _, inner := range inlined[name] {
			maps.Copy(found[name], whole(inner))
		}
		return found[name]
	}
	for name := range inlined {
		whole(name)
	}
	return found
}

func parse(path string) *ast.File {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
	must(err)
	return file
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "gates:", err)
		os.Exit(1)
	}
}
