// Expands texts as the kubelet does before it starts a container (Kubernetes: pkg/kubelet, makeEnvironmentVariables and
// ExpandContainerCommandAndArgs), by its own function.
//
// Each line of the input is a container, as JSON: its variables, in order, and its command and arguments. Each line of the
// output is what the process gets.
package main

import (
	"encoding/json"
	"io"
	"log"
	"os"

	"judge/expansion"
)

type variable struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type container struct {
	Env   []variable `json:"env"`
	Texts []string   `json:"texts"`
}

func main() {
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var c container
		if err := in.Decode(&c); err == io.EOF {
			return
		} else if err != nil {
			log.Fatal(err)
		}
		known := map[string]string{}
		mapping := expansion.MappingFuncFor(known)
		for i, v := range c.Env {
			c.Env[i].Value = expansion.Expand(v.Value, mapping)
			known[v.Name] = c.Env[i].Value
		}
		for i, text := range c.Texts {
			c.Texts[i] = expansion.Expand(text, mapping)
		}
		if err := out.Encode(c); err != nil {
			log.Fatal(err)
		}
	}
}
