{{- /* Names that the official chart's own templates give, for values that ask for them by `include` or `template`. */ -}}

{{- define "of the release" }}
  {{- $name := coalesce .Values.nameOverride .Chart.Name }}
  {{- $whole := ternary .Release.Name (print .Release.Name "-" $name) (contains $name .Release.Name) }}
  {{- coalesce .Values.fullnameOverride $whole | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- define "airflow.fullname" }}{{ if .Values.useStandardNaming }}{{ template "of the release" . }}{{ else }}{{ .Release.Name }}{{ end }}{{ end }}
{{- define "airflow.serviceAccountName" }}{{ template "of the release" . }}{{ end }}

{{- define "account" }}
  {{- $account := .account | default dict }}
  {{- if $account.name }}{{ quote $account.name }}
  {{- else if not (dig "create" true $account) }}"default"
  {{- else }}{{ print (include "of the release" .root) "-" .end | quote }}
  {{- end }}
{{- end }}
{{- define "apiServer.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.apiServer.serviceAccount "end" "api-server" }}{{ end }}
{{- define "cleanup.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.cleanup.serviceAccount "end" "cleanup" }}{{ end }}
{{- define "createUserJob.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.createUserJob.serviceAccount "end" "create-user-job" }}{{ end }}
{{- define "dagProcessor.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.dagProcessor.serviceAccount "end" "dag-processor" }}{{ end }}
{{- define "databaseCleanup.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.databaseCleanup.serviceAccount "end" "database-cleanup" }}{{ end }}
{{- define "flower.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.flower.serviceAccount "end" "flower" }}{{ end }}
{{- define "migrateDatabaseJob.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.migrateDatabaseJob.serviceAccount "end" "migrate-database-job" }}{{ end }}
{{- define "otelCollector.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.otelCollector.serviceAccount "end" "otel-collector" }}{{ end }}
{{- define "pgbouncer.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.pgbouncer.serviceAccount "end" "pgbouncer" }}{{ end }}
{{- define "redis.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.redis.serviceAccount "end" "redis" }}{{ end }}
{{- define "scheduler.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.scheduler.serviceAccount "end" "scheduler" }}{{ end }}
{{- define "statsd.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.statsd.serviceAccount "end" "statsd" }}{{ end }}
{{- define "triggerer.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.triggerer.serviceAccount "end" "triggerer" }}{{ end }}
{{- define "webserver.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.webserver.serviceAccount "end" "webserver" }}{{ end }}
{{- define "worker.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.workers.serviceAccount "end" "worker" }}{{ end }}

{{- define "default_airflow_image" }}
  {{- with .Values.defaultAirflowDigest }}{{ $.Values.defaultAirflowRepository }}@{{ . }}
  {{- else }}{{ .Values.defaultAirflowRepository }}:{{ .Values.defaultAirflowTag }}
  {{- end }}
{{- end }}
{{- define "airflow_image" }}
  {{- $own := dig "airflow" dict .Values.images }}
  {{- $repository := coalesce $own.repository .Values.defaultAirflowRepository }}
  {{- with coalesce $own.digest .Values.defaultAirflowDigest }}{{ $repository }}@{{ . }}
  {{- else }}{{ $repository }}:{{ coalesce $own.tag .Values.defaultAirflowTag }}
  {{- end }}
{{- end }}

{{- define "of the set" }}{{ .given | default (print (include "airflow.fullname" .root) "-" .end) }}{{ end }}
{{- define "airflow_config" }}{{ template "of the set" dict "root" . "end" "config" }}{{ end }}
{{- define "airflow_webserver_config_configmap_name" }}{{ template "of the set" dict "root" . "given" .Values.webserver.webserverConfigConfigMapName "end" "webserver-config" }}{{ end }}
{{- define "airflow_api_server_config_configmap_name" }}{{ template "of the set" dict "root" . "given" .Values.apiServer.apiServerConfigConfigMapName "end" "api-server-config" }}{{ end }}
{{- define "fernet_key_secret" }}{{ template "of the set" dict "root" . "given" .Values.fernetKeySecretName "end" "fernet-key" }}{{ end }}
{{- define "jwt_secret" }}{{ template "of the set" dict "root" . "given" .Values.jwtSecretName "end" "jwt-secret" }}{{ end }}
{{- define "api_secret_key_secret" }}{{ template "of the set" dict "root" . "given" .Values.apiSecretKeySecretName "end" "api-secret-key" }}{{ end }}
{{- define "webserver_secret_key_secret" }}{{ template "of the set" dict "root" . "given" .Values.webserverSecretKeySecretName "end" "webserver-secret-key" }}{{ end }}
{{- define "redis_password_secret" }}{{ template "of the set" dict "root" . "given" .Values.redis.passwordSecretName "end" "redis-password" }}{{ end }}
{{- define "airflow_broker_url_secret" }}{{ template "of the set" dict "root" . "given" .Values.data.brokerUrlSecretName "end" "broker-url" }}{{ end }}
{{- define "airflow_metadata_secret" }}{{ template "of the set" dict "root" . "given" .Values.data.metadataSecretName "end" "metadata" }}{{ end }}
{{- define "airflow_result_backend_secret" }}{{ template "of the set" dict "root" . "given" .Values.data.resultBackendSecretName "end" "result-backend" }}{{ end }}
{{- define "kerberos_ccache_path" }}{{ .Values.kerberos.ccacheMountPath }}/{{ .Values.kerberos.ccacheFileName }}{{ end }}

{{- define "airflow_dags" }}
  {{- $folder := coalesce .Values.dags.mountPath (print .Values.airflowHome "/dags") }}
  {{- if .Values.dags.gitSync.enabled }}{{ $folder }}/repo/{{ .Values.dags.gitSync.subPath }}{{ else }}{{ $folder }}{{ end }}
{{- end }}
{{- define "airflow_dags_volume_claim" }}{{ .Values.dags.persistence.existingClaim | default (print .Release.Name "-dags") }}{{ end }}
{{- define "airflow_logs_volume_claim" }}{{ .Values.logs.persistence.existingClaim | default (print .Release.Name "-logs") }}{{ end }}
{{- define "airflow_pod_template_file" }}{{ .Values.airflowHome }}/pod_templates{{ end }}
{{- define "airflow_logs_no_quote" }}{{ .Values.airflowHome }}/logs{{ end }}
{{- define "airflow_logs" }}{{ include "airflow_logs_no_quote" . | quote }}{{ end }}
{{- define "airflow_config_path" }}{{ print .Values.airflowHome "/airflow.cfg" | quote }}{{ end }}
{{- define "airflow_webserver_config_path" }}{{ print .Values.airflowHome "/webserver_config.py" | quote }}{{ end }}
{{- define "airflow_local_setting_path" }}{{ print .Values.airflowHome "/config/airflow_local_settings.py" | quote }}{{ end }}

{{- define "worker.kubernetes.serviceAccountName" }}{{ template "account" dict "root" . "account" .Values.workers.kubernetes.serviceAccount "end" "worker-kubernetes" }}{{ end }}

{{- define "airflow_image_for_migrations" }}{{ if .Values.images.useDefaultImageForMigration }}{{ template "default_airflow_image" . }}{{ else }}{{ template "airflow_image" . }}{{ end }}{{ end }}
{{- define "pod_template_image" }}
  {{- $own := dig "pod_template" dict .Values.images }}
  {{- if or $own.repository $own.tag $own.digest }}
    {{- $repository := coalesce $own.repository .Values.defaultAirflowRepository }}
    {{- with $own.digest }}{{ $repository }}@{{ . }}{{ else }}{{ $repository }}:{{ coalesce $own.tag .Values.defaultAirflowTag }}{{ end }}
  {{- else }}{{ template "airflow_image" . }}
  {{- end }}
{{- end }}
{{- define "of its own" }}{{ with .digest }}{{ $.repository }}@{{ . }}{{ else }}{{ .repository }}:{{ .tag }}{{ end }}{{ end }}
{{- define "git_sync_image" }}{{ template "of its own" .Values.images.gitSync }}{{ end }}
{{- define "otel_collector_image" }}{{ template "of its own" .Values.images.otelCollector }}{{ end }}
{{- define "pgbouncer_exporter_image" }}{{ template "of its own" .Values.images.pgbouncerExporter }}{{ end }}
{{- define "pgbouncer_image" }}{{ template "of its own" .Values.images.pgbouncer }}{{ end }}
{{- define "redis_image" }}{{ template "of its own" .Values.images.redis }}{{ end }}
{{- define "statsd_image" }}{{ template "of its own" .Values.images.statsd }}{{ end }}

{{- define "elasticsearch_secret" }}{{ template "of the set" dict "root" . "given" .Values.elasticsearch.secretName "end" "elasticsearch" }}{{ end }}
{{- define "flower_secret" }}{{ template "of the set" dict "root" . "given" .Values.flower.secretName "end" "flower" }}{{ end }}
{{- define "git_sync_ssh_key" }}{{ template "of the set" dict "root" . "given" .Values.dags.gitSync.sshKeySecret "end" "ssh-secret" }}{{ end }}
{{- define "kerberos_keytab_secret" }}{{ template "of the set" dict "root" . "end" "kerberos-keytab" }}{{ end }}
{{- define "opensearch_secret" }}{{ template "of the set" dict "root" . "given" .Values.opensearch.secretName "end" "opensearch" }}{{ end }}
{{- define "pgbouncer_certificates_secret" }}{{ template "of the set" dict "root" . "end" "pgbouncer-certificates" }}{{ end }}
{{- define "pgbouncer_config_secret" }}{{ template "of the set" dict "root" . "given" .Values.pgbouncer.configSecretName "end" "pgbouncer-config" }}{{ end }}

{{- /* Blocks, which begin on a line of their own as the chart's do. */ -}}

{{- define "image_pull_secrets" }}
  {{- $names := list }}
  {{- range .Values.imagePullSecrets }}
    {{- $name := . }}
    {{- if not (kindIs "string" .) }}{{ $name = .name }}{{ end }}
    {{- $names = append $names (dict "name" $name) }}
  {{- end }}
  {{- if and (empty $names) (dig "secretName" "" .Values.registry) }}{{ $names = list (dict "name" .Values.registry.secretName) }}{{ end }}
  {{- if and (empty $names) (dig "connection" dict .Values.registry) }}{{ $names = list (dict "name" (print (include "airflow.fullname" .) "-registry")) }}{{ end }}
  {{- toYaml $names }}
{{- end }}

{{- define "airflow_config_mount" -}}
- name: config
  mountPath: {{ template "airflow_config_path" . }}
  subPath: airflow.cfg
  readOnly: true
{{- if .Values.airflowLocalSettings }}
- name: config
  mountPath: {{ template "airflow_local_setting_path" . }}
  subPath: airflow_local_settings.py
  readOnly: true
{{- end }}
{{- end }}
{{- define "config of the server" -}}
- name: {{ .volume }}
  mountPath: {{ template "airflow_webserver_config_path" .root }}
  subPath: webserver_config.py
  readOnly: true
{{- end }}
{{- define "airflow_webserver_config_mount" }}{{ template "config of the server" dict "root" . "volume" "webserver-config" }}{{ end }}
{{- define "airflow_api_server_config_mount" }}{{ template "config of the server" dict "root" . "volume" "api-server-config" }}{{ end }}
{{- define "airflow_dags_mount" -}}
- name: dags
  mountPath: {{ coalesce .Values.dags.mountPath (print .Values.airflowHome "/dags") }}
  readOnly: {{ .Values.dags.gitSync.enabled | default false }}
{{- with .Values.dags.persistence.subPath }}
  subPath: {{ quote . }}
{{- end }}
{{- end }}
{{- define "git_sync_ssh_key_volume" }}
- name: git-sync-ssh-key
  secret:
    secretName: {{ template "git_sync_ssh_key" . }}
    defaultMode: 288
{{- end }}

{{- define "airflowPodSecurityContext" }}
  {{- $all := last . }}
  {{- $found := dict }}
  {{- range . }}{{ $found = coalesce $found (dig "securityContexts" "pod" dict .) (dig "securityContext" dict .) }}{{ end }}
  {{- if $found }}{{ toYaml $found }}
  {{- else if dig "openshift" "enabled" false $all }}{}
  {{- else -}}
runAsUser: {{ $all.uid }}
fsGroup: {{ $all.gid }}
  {{- end }}
{{- end }}
{{- define "restricted" -}}
allowPrivilegeEscalation: false
capabilities:
  drop:
    - ALL
{{- end }}
{{- define "containerSecurityContext" }}
  {{- $found := dict }}
  {{- range . }}{{ $found = coalesce $found (dig "securityContexts" "container" dict .) }}{{ end }}
  {{- with coalesce $found (dig "securityContexts" "containers" dict (last .)) }}{{ toYaml . }}{{ else }}{{ template "restricted" }}{{ end }}
{{- end }}
{{- define "externalContainerSecurityContext" }}
  {{- with dig "securityContexts" "container" dict . }}{{ toYaml . }}{{ else }}{{ template "restricted" }}{{ end }}
{{- end }}
{{- define "localContainerSecurityContext" }}
  {{- with coalesce (dig "securityContexts" "container" dict .) (dig "securityContext" dict .) }}{{ toYaml . }}{{ else }}runAsUser: {{ .uid }}{{ end }}
{{- end }}
{{- define "localPodSecurityContext" }}
  {{- with coalesce (dig "securityContexts" "pod" dict .) (dig "securityContext" dict .) }}{{ toYaml . }}{{ else }}runAsUser: {{ .uid }}{{ end }}
{{- end }}

{{- define "container_extra_envs" }}
  {{- range last . }}
  - {{ toYaml . | nindent 4 | trim }}
  {{- end }}
{{- end }}

{{- /* The model knows what stands there; see `BLOCK` in `src/values/yaml_text.rs`. */ -}}

{{- define "standard_airflow_environment" }}
  - name: gen/standard_airflow_environment
{{- end }}
{{- define "custom_airflow_environment" }}
  {{- if or .Values.env .Values.secret .Values.extraEnv }}
  - name: gen/custom_airflow_environment
  {{- end }}
{{- end }}
{{- define "custom_airflow_environment_from" }}
  {{- if .Values.extraEnvFrom }}
  - name: gen/custom_airflow_environment_from
  {{- end }}
{{- end }}
