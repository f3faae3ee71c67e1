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
type noted struct {
	Unkept   []string          `json:"unkept,omitempty"`
	Merged   map[string]string `json:"merged,omitempty"`
	Replaced []string          `json:"replaced,omitempty"`
	Whole    []string          `json:"whole,omitempty"`
}

func (n *noted) isEmpty() bool { return len(n.Unkept)+len(n.Merged)+len(n.Replaced)+len(n.Whole) == 0 }

// What the fields of a definition say.
func said(all []field) *noted {
	noted := &noted{Merged: map[string]string{}}
	for _, one := range all {
		if strings.Contains(one.options, "omitempty") && isScalar(one.Type.Kind()) {
			noted.Unkept = append(noted.Unkept, one.name)
		}
		how := strings.Split(one.Tag.Get("patchStrategy"), ",")
		if slices.Contains(how, "merge") {
			noted.Merged[one.name] = one.Tag.Get("patchMergeKey")
		}
		if slices.Contains(how, "replace") {
			noted.Replaced = append(noted.Replaced, one.name)
		}
		if slices.Contains(how, "retainKeys") && one.Type.Kind() == reflect.Struct {
			noted.Whole = append(noted.Whole, one.name)
		}
	}
	return noted
}

func isScalar(kind reflect.Kind) bool {
	return kind == reflect.Bool || kind == reflect.String || kind >= reflect.Int && kind <= reflect.Float64
}

func main() {
	found, seen := map[string]*noted{}, map[string]bool{}
	for _, kind := range kinds {
		visit(reflect.TypeOf(kind), seen, func(name string, fields []field) {
			if noted := said(fields); !noted.isEmpty() {
				found[name] = noted
			}
		})
	}
	text := json.NewEncoder(os.Stdout)
	text.SetIndent("", "  ")
	if err := text.Encode(found); err != nil {
		panic(err)
	}
}
