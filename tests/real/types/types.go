// Kubernetes' own types, by the names of its API's definitions: the parts kept and fields look at them.
package main

import (
	"reflect"
	"strings"
)

// The name of a type's definition: io.k8s.api.core.v1.Pod.
func definition(t reflect.Type) string {
	path, _ := strings.CutPrefix(t.PkgPath(), "k8s.io/")
	return "io.k8s." + strings.ReplaceAll(path, "/", ".") + "." + t.Name()
}

// A field of a definition: its name, what the tag says besides, and what it is in Go.
type field struct {
	name, options string
	reflect.StructField
}

// The fields of a struct, those of embedded structs included.
func fieldsOf(t reflect.Type) []field {
	all := []field{}
	for i := range t.NumField() {
		own := t.Field(i)
		name, options, _ := strings.Cut(own.Tag.Get("json"), ",")
		if name == "" && own.Anonymous && own.Type.Kind() == reflect.Struct {
			all = append(all, fieldsOf(own.Type)...)
		} else if name != "" && name != "-" {
			all = append(all, field{name, options, own})
		}
	}
	return all
}

// Looks at a type, and at all that is in it, each definition once.
func visit(t reflect.Type, seen map[string]bool, look func(name string, fields []field)) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		visit(t.Elem(), seen, look)
	case reflect.Struct:
		name := definition(t)
		if seen[name] || !strings.HasPrefix(t.PkgPath(), "k8s.io/api") {
			return
		}
		seen[name] = true
		fields := fieldsOf(t)
		look(name, fields)
		for _, one := range fields {
			visit(one.Type, seen, look)
		}
	}
}
