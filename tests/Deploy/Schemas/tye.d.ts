// What this repository uses of Tye's published schema (tye.schema.json, draft 07). The Dapr extension's own settings are read by Tye's code only.

interface Binding { name?: string; port?: number; containerPort?: number; host?: string; protocol?: string; autoAssignPort?: boolean; connectionString?: string }
interface Variable { name: string; value: string }
interface Service { name: string; env?: Variable[]; args?: string; replicas?: number; bindings?: Binding[] }
interface Project extends Service { project: string; build?: boolean; buildProperties?: Variable[] }
interface Executable extends Service { executable: string; workingDirectory?: string }
interface DaprExtension { name: 'dapr'; [setting: string]: unknown }

export interface Tye {
  name?: string; registry?: string; containerEngine?: 'docker' | 'podman'; namespace?: string; network?: string; dashboardPort?: number; solution?: string;
  extensions?: DaprExtension[];
  services: (Project | Executable)[];
}
