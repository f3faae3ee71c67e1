// The fields of Kubernetes' API, as JSON: for each definition that objects are made of, the names of its fields.
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"

	"k8s.io/client-go/kubernetes/scheme"
)

var seen = map[string][]string{}

// The name of a type's definition: io.k8s.api.core.v1.Pod.
func definition(t reflect.Type) string {
	path, _ := strings.CutPrefix(t.PkgPath(), "k8s.io/")
	return "io.k8s." + strings.ReplaceAll(path, "/", ".") + "." + t.Name()
}

// Looks at a type, and at what is in it.
func visit(t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		visit(t.Elem())
	case reflect.Struct:
		if !strings.HasPrefix(t.PkgPath(), "k8s.io/api") {
			return
		}
		name := definition(t)
		if _, known := seen[name]; !known {
			seen[name] = []string{}
			seen[name] = fields(t)
		}
	}
}

// The fields of a struct, those of embedded structs included.
func fields(t reflect.Type) []string {
	all := []string{}
	for i := range t.NumField() {
		field := t.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" && field.Anonymous && field.Type.Kind() == reflect.Struct {
			all = append(all, fields(field.Type)...)
		} else if name != "" && name != "-" {
			all = append(all, name)
			visit(field.Type)
		}
	}
	slices.Sort(all)
	return all
}

func main() {
	for _, kind := range scheme.Scheme.AllKnownTypes() {
		visit(kind)
	}
	if err := json.NewEncoder(os.Stdout).Encode(seen); err != nil {
		panic(err)
	}
}
