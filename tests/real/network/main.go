// Has SIG Network's engine of network policies answer what tests/network asks, and compares its answers with those of
// tests/network/semantics.rs.
//
// Each argument is a question, as tests/network/questions.rs writes it. Each line of the output has how many connections were
// asked for, how many the engine admits, and the question's name; below it stands each connection on which the two differ.
// Exit status: 0 they agree, 1 they differ or there is no question.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	"github.com/sirupsen/logrus"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/tools/cache"

	"sigs.k8s.io/kube-network-policies/pkg/networkpolicy"
)

// question is what is asked, and the answer of the tests.
type question struct {
	Name    string
	Cluster struct {
		Pods       []pod
		Policies   []networking.NetworkPolicy
		Namespaces map[string]map[string]string
	}
	// Addresses outside of the cluster.
	Outside  []string
	Numbers  []int
	Admitted []connection
}

type pod struct {
	Name, Namespace, IP string
	Labels              map[string]string
	Ports               []port
}

// port is a named port of a container, written as a list.
type port struct {
	name     string
	number   int32
	protocol core.Protocol
}

func (p *port) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&p.name, &p.number, &p.protocol})
}

// connection is written as a list. Pods go by their names, others by their addresses.
type connection struct {
	from, to string
	number   int
	protocol core.Protocol
}

func (c *connection) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&c.from, &c.to, &c.number, &c.protocol})
}

// engine is SIG Network's, and what it knows of the cluster.
type engine struct {
	*networkpolicy.Controller
	pods, namespaces, policies cache.Store
}

func newEngine() engine {
	client := fake.NewSimpleClientset()
	all := informers.NewSharedInformerFactory(client, 0)
	pods, namespaces, nodes := all.Core().V1().Pods(), all.Core().V1().Namespaces(), all.Core().V1().Nodes()
	policies := all.Networking().V1().NetworkPolicies()
	// Of the policies of administrators it knows nothing. Its listener to the container runtime stays on, as it asks that about
	// addresses outside even where it is off.
	config := networkpolicy.Config{NodeName: "node"}
	controller, err := networkpolicy.NewController(client, policies, namespaces, pods, nodes, nil, nil, nil, config)
	if err != nil {
		log.Fatal(err)
	}
	return engine{controller, pods.Informer().GetStore(), namespaces.Informer().GetStore(), policies.Informer().GetStore()}
}

// learn replaces what the engine knows by the cluster of a question.
func (e engine) learn(q question) error {
	var pods, namespaces, policies []any
	for _, p := range q.Cluster.Pods {
		var ports []core.ContainerPort
		for _, port := range p.Ports {
			ports = append(ports, core.ContainerPort{Name: port.name, ContainerPort: port.number, Protocol: port.protocol})
		}
		pods = append(pods, &core.Pod{
			ObjectMeta: meta.ObjectMeta{Name: p.Name, Namespace: p.Namespace, Labels: p.Labels},
			Spec:       core.PodSpec{Containers: []core.Container{{Ports: ports}}},
			Status:     core.PodStatus{Phase: core.PodRunning, PodIPs: []core.PodIP{{IP: p.IP}}},
		})
	}
	for name, labels := range q.Cluster.Namespaces {
		namespaces = append(namespaces, &core.Namespace{ObjectMeta: meta.ObjectMeta{Name: name, Labels: labels}})
	}
	for _, policy := range q.Cluster.Policies {
		kept, err := keep(policy)
		if err != nil {
			return err
		}
		policies = append(policies, kept)
	}
	for store, objects := range map[cache.Store][]any{e.pods: pods, e.namespaces: namespaces, e.policies: policies} {
		if err := store.Replace(objects, ""); err != nil {
			return err
		}
		if len(store.List()) != len(objects) {
			return fmt.Errorf("%s: two objects of one name", q.Name)
		}
	}
	return nil
}

// keep gives a policy as the API server keeps it: with its defaults (Kubernetes: pkg/apis/networking/v1/defaults.go), and without
// empty lists, which its storage format does not know.
func keep(policy networking.NetworkPolicy) (*networking.NetworkPolicy, error) {
	if policy.Namespace == "" {
		policy.Namespace = meta.NamespaceDefault
	}
	spec := &policy.Spec
	if len(spec.PolicyTypes) == 0 {
		spec.PolicyTypes = []networking.PolicyType{networking.PolicyTypeIngress}
		if len(spec.Egress) != 0 {
			spec.PolicyTypes = append(spec.PolicyTypes, networking.PolicyTypeEgress)
		}
	}
	var lists [][]networking.NetworkPolicyPort
	for _, rule := range spec.Ingress {
		lists = append(lists, rule.Ports)
	}
	for _, rule := range spec.Egress {
		lists = append(lists, rule.Ports)
	}
	for _, ports := range lists {
		for i := range ports {
			if ports[i].Protocol == nil {
				tcp := core.ProtocolTCP
				ports[i].Protocol = &tcp
			}
		}
	}
	stored, err := policy.Marshal()
	if err != nil {
		return nil, err
	}
	kept := &networking.NetworkPolicy{}
	return kept, kept.Unmarshal(stored)
}

type answer struct {
	connection
	admitted bool
}

// ask asks the engine for each connection of a question.
func (e engine) ask(q question) (answers []answer) {
	from := func(name, address string) {
		for _, to := range q.Cluster.Pods {
			for _, number := range q.Numbers {
				for _, protocol := range []core.Protocol{core.ProtocolTCP, core.ProtocolUDP} {
					if to.Name != name {
						admitted := e.Admits(address, to.IP, number, protocol)
						answers = append(answers, answer{connection{name, to.Name, number, protocol}, admitted})
					}
				}
			}
		}
	}
	for _, pod := range q.Cluster.Pods {
		from(pod.Name, pod.IP)
	}
	for _, address := range q.Outside {
		from(address, address)
	}
	return answers
}

// differences compares the engine's answers with those of the tests.
func differences(answers []answer, q question) (lines []string) {
	differ := func(c connection, what string) {
		lines = append(lines, fmt.Sprintf("  %s to %s, port %d/%s, is %s", c.from, c.to, c.number, c.protocol, what))
	}
	admitted := map[connection]bool{}
	for _, connection := range q.Admitted {
		admitted[connection] = true
	}
	for _, theirs := range answers {
		ours := admitted[theirs.connection]
		delete(admitted, theirs.connection)
		if ours && !theirs.admitted {
			differ(theirs.connection, "admitted by semantics.rs, and not by the engine")
		} else if theirs.admitted && !ours {
			differ(theirs.connection, "admitted by the engine, and not by semantics.rs")
		}
	}
	for connection := range admitted {
		differ(connection, "admitted by semantics.rs, and was not asked for")
	}
	return lines
}

// read reads a question; what the engine's types do not know is an error.
func read(path string) (q question, err error) {
	file, err := os.Open(path)
	if err != nil {
		return q, err
	}
	defer file.Close()
	decoder := json.NewDecoder(file)
	decoder.DisallowUnknownFields()
	return q, decoder.Decode(&q)
}

func main() {
	log.SetFlags(0)
	logrus.SetLevel(logrus.WarnLevel)
	if len(os.Args) < 2 {
		log.Fatal("there is no question")
	}
	engine := newEngine()
	asked, admitted, differing := 0, 0, 0
	for _, path := range os.Args[1:] {
		q, err := read(path)
		if err == nil {
			err = engine.learn(q)
		}
		if err != nil {
			log.Fatalf("%s: %v", path, err)
		}
		answers, count := engine.ask(q), 0
		for _, answer := range answers {
			if answer.admitted {
				count++
			}
		}
		fmt.Printf("%6d asked %6d admitted  %s\n", len(answers), count, q.Name)
		lines := differences(answers, q)
		for _, line := range lines {
			fmt.Println(line)
		}
		asked, admitted, differing = asked+len(answers), admitted+count, differing+len(lines)
	}
	fmt.Printf("%d questions, %d connections by TCP and UDP, %d admitted, %d differences\n", len(os.Args)-1, asked, admitted, differing)
	if differing > 0 {
		os.Exit(1)
	}
}
