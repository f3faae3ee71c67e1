// What Kubernetes' own types say of how a manifest is kept and patched, as JSON, by the names of its API's definitions:
//
//   - unkept: fields that are left out of what is kept when they are false, 0 or empty;
//   - merged: lists whose items are merged by a key, which is named, or as a set; all others are replaced as they are;
//   - replaced: maps that a patch replaces, while all others are merged;
//   - whole: fields that kubectl replaces with all that is in them.
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"

	admission "k8s.io/api/admissionregistration/v1"
	apps "k8s.io/api/apps/v1"
	autoscaling1 "k8s.io/api/autoscaling/v1"
	autoscaling "k8s.io/api/autoscaling/v2"
	batch "k8s.io/api/batch/v1"
	certificates "k8s.io/api/certificates/v1"
	coordination "k8s.io/api/coordination/v1"
	core "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	flowcontrol "k8s.io/api/flowcontrol/v1"
	networking "k8s.io/api/networking/v1"
	node "k8s.io/api/node/v1"
	policy "k8s.io/api/policy/v1"
	rbac "k8s.io/api/rbac/v1"
	resource "k8s.io/api/resource/v1"
	scheduling "k8s.io/api/scheduling/v1"
	storage "k8s.io/api/storage/v1"
)

var kinds = []any{
	admission.MutatingWebhookConfiguration{}, admission.ValidatingAdmissionPolicy{}, admission.ValidatingAdmissionPolicyBinding{},
	admission.ValidatingWebhookConfiguration{}, apps.DaemonSet{}, apps.Deployment{}, apps.ReplicaSet{}, apps.StatefulSet{},
	autoscaling1.HorizontalPodAutoscaler{}, autoscaling.HorizontalPodAutoscaler{}, batch.CronJob{}, batch.Job{},
	certificates.CertificateSigningRequest{}, coordination.Lease{}, core.ConfigMap{}, core.Endpoints{}, core.LimitRange{},
	core.Namespace{}, core.PersistentVolume{}, core.PersistentVolumeClaim{}, core.Pod{}, core.PodTemplate{},
	core.ReplicationController{}, core.ResourceQuota{}, core.Secret{}, core.Service{}, core.ServiceAccount{},
	discovery.EndpointSlice{}, flowcontrol.FlowSchema{}, flowcontrol.PriorityLevelConfiguration{}, networking.IPAddress{},
	networking.Ingress{}, networking.IngressClass{}, networking.NetworkPolicy{}, networking.ServiceCIDR{}, node.RuntimeClass{},
	policy.PodDisruptionBudget{}, rbac.ClusterRole{}, rbac.ClusterRoleBinding{}, rbac.Role{}, rbac.RoleBinding{},
	resource.DeviceClass{}, resource.ResourceClaim{}, resource.ResourceClaimTemplate{}, scheduling.PriorityClass{},
	storage.CSIDriver{}, storage.StorageClass{}, storage.VolumeAttributesClass{},
}

// What is said of the fields of a definition.
type fields struct {
	Unkept   []string          `json:"unkept,omitempty"`
	Merged   map[string]string `json:"merged,omitempty"`
	Replaced []string          `json:"replaced,omitempty"`
	Whole    []string          `json:"whole,omitempty"`
}

func (f *fields) isEmpty() bool { return len(f.Unkept)+len(f.Merged)+len(f.Replaced)+len(f.Whole) == 0 }

var seen = map[string]*fields{}

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
			seen[name] = &fields{Merged: map[string]string{}}
			look(t, seen[name])
		}
	}
}

// Notes what the fields of a struct say, those of embedded structs included.
func look(t reflect.Type, noted *fields) {
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" && field.Anonymous && field.Type.Kind() == reflect.Struct {
			look(field.Type, noted)
			continue
		}
		if name == "" || name == "-" {
			continue
		}
		if strings.Contains(options, "omitempty") && isScalar(field.Type.Kind()) {
			noted.Unkept = append(noted.Unkept, name)
		}
		how := strings.Split(field.Tag.Get("patchStrategy"), ",")
		if slices.Contains(how, "merge") {
			noted.Merged[name] = field.Tag.Get("patchMergeKey")
		}
		if slices.Contains(how, "replace") {
			noted.Replaced = append(noted.Replaced, name)
		}
		if slices.Contains(how, "retainKeys") && field.Type.Kind() == reflect.Struct {
			noted.Whole = append(noted.Whole, name)
		}
		visit(field.Type)
	}
}

func isScalar(kind reflect.Kind) bool {
	return kind == reflect.Bool || kind == reflect.String || kind >= reflect.Int && kind <= reflect.Float64
}

func main() {
	for _, kind := range kinds {
		visit(reflect.TypeOf(kind))
	}
	for name, noted := range seen {
		if noted.isEmpty() {
			delete(seen, name)
		}
	}
	text := json.NewEncoder(os.Stdout)
	text.SetIndent("", "  ")
	if err := text.Encode(seen); err != nil {
		panic(err)
	}
}
