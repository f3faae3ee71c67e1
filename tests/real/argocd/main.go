// Runs a config management plugin as Argo CD does, with Argo CD's own code: sidecar PLUGIN APPLICATION REPOSITORY
//
// PLUGIN is the folder of plugin.yaml, APPLICATION a file with one, REPOSITORY a folder with its files. What comes of it goes to
// standard output, in JSON.
package main

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"

	"google.golang.org/grpc"
	"sigs.k8s.io/yaml"

	"github.com/argoproj/argo-cd/v3/cmpserver/apiclient"
	"github.com/argoproj/argo-cd/v3/cmpserver/plugin"
	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	repository "github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/util/cmp"
)

// What comes of it.
type outcome struct {
	Matches    bool                                `json:"matches"`
	Manifests  []string                            `json:"manifests"`
	Parameters []*repository.ParameterAnnouncement `json:"parameters"`
	Errors     []string                            `json:"errors"`
}

// The files of a repository on their way to the sidecar.
type sent struct {
	grpc.ServerStream
	requests []*apiclient.AppStreamRequest
}

func (s *sent) Send(request *apiclient.AppStreamRequest) error {
	// As on a wire: the sender uses its buffer again.
	text, err := request.Marshal()
	if err != nil {
		return err
	}
	received := &apiclient.AppStreamRequest{}
	s.requests = append(s.requests, received)
	return received.Unmarshal(text)
}

func (s *sent) Context() context.Context { return context.Background() }

func (s *sent) Recv() (*apiclient.AppStreamRequest, error) {
	if len(s.requests) == 0 {
		return nil, io.EOF
	}
	request := s.requests[0]
	s.requests = s.requests[1:]
	return request, nil
}

type generating struct {
	*sent
	response *apiclient.ManifestResponse
}

func (s *generating) SendAndClose(response *apiclient.ManifestResponse) error {
	s.response = response
	return nil
}

type matching struct {
	*sent
	response *apiclient.RepositoryResponse
}

func (s *matching) SendAndClose(response *apiclient.RepositoryResponse) error {
	s.response = response
	return nil
}

type announcing struct {
	*sent
	response *apiclient.ParametersAnnouncementResponse
}

func (s *announcing) SendAndClose(response *apiclient.ParametersAnnouncementResponse) error {
	s.response = response
	return nil
}

// The variables that the repository server gives to a plugin.
func variables(application *v1alpha1.Application) ([]string, error) {
	source := application.Spec.GetSource()
	all := []string{
		"ARGOCD_APP_NAME=" + application.InstanceName("argocd"),
		"ARGOCD_APP_NAMESPACE=" + application.Spec.Destination.Namespace,
		"KUBE_VERSION=" + os.Getenv("SIDECAR_KUBE_VERSION"),
	}
	for _, entry := range source.Plugin.Env {
		all = append(all, "ARGOCD_ENV_"+entry.Name+"="+entry.Value)
	}
	parameters, err := source.Plugin.Parameters.Environ()
	return append(all, parameters...), err
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	config, err := plugin.ReadPluginConfig(os.Args[1])
	must(err)
	text, err := os.ReadFile(os.Args[2])
	must(err)
	application := &v1alpha1.Application{}
	must(yaml.UnmarshalStrict(text, application))
	root, err := filepath.Abs(os.Args[3])
	must(err)
	source := application.Spec.GetSource()
	folder := filepath.Join(root, source.Path)
	environment, err := variables(application)
	must(err)

	service := plugin.NewService(plugin.CMPServerInitConstants{PluginConfig: *config})
	must(service.Init(common.GetCMPWorkDir()))
	send := func() *sent {
		all := &sent{}
		must(cmp.SendRepoStream(context.Background(), folder, root, all, environment, nil))
		return all
	}
	var made outcome
	keep := func(err error) bool {
		if err != nil {
			made.Errors = append(made.Errors, err.Error())
		}
		return err == nil
	}
	match := &matching{sent: send()}
	if keep(service.MatchRepository(match)) {
		made.Matches = match.response.IsSupported
	}
	// The repository server asks no more of a plugin that does not match (util/app/discovery).
	if made.Matches {
		generate := &generating{sent: send()}
		if keep(service.GenerateManifest(generate)) {
			made.Manifests = generate.response.Manifests
		}
		announce := &announcing{sent: send()}
		if keep(service.GetParametersAnnouncement(announce)) {
			made.Parameters = announce.response.ParameterAnnouncements
		}
	}
	must(json.NewEncoder(os.Stdout).Encode(made))
}
