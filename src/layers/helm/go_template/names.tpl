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
