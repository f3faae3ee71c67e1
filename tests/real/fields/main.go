// The fields of Kubernetes' API, as JSON: for each definition that objects are made of, the names of its fields.
package main

import (
	"encoding/json"
	"os"
	"slices"

	"k8s.io/client-go/kubernetes/scheme"
)

func main() {
	found, seen := map[string][]string{}, map[string]bool{}
	for _, kind := range scheme.Scheme.AllKnownTypes() {
		visit(kind, seen, func(name string, fields []field) {
			names := []string{}
			for _, one := range fields {
				names = append(names, one.name)
			}
			slices.Sort(names)
			found[name] = names
		})
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		panic(err)
	}
}
