// Written by `cargo xtask generate`; edit the tables under src/ instead.

import type { WebhookEvent } from "../verify/event.js";

/**
 * The payload of each known event, by its name. Payloads have grown with every version of the
 * Console: keys that are not listed may be present, and most listed keys may be missing.
 */
export interface PayloadByName {
  /**
   * Project Created. Since Console 10.7.0.
   *
   * The company's id is at `payload.tenantId` or `payload.project.tenantId`.
   *
   * The project's id is at `payload.projectId`, `payload.project.projectId` or `payload.project._id`.
   */
  readonly project_created: {
    /** The company's id. Text at `payload.tenantId`, which may be missing. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
    readonly tenantId?: string | undefined;
    /** The project's id in the Console's database, usually 24 hexadecimal digits. Before Console 12.2, some events had the readable id here. Text at `payload.projectId`, which may be missing. For example `"65f1c0ffee0123456789abcd"`. */
    readonly projectId?: string | undefined;
    /** The id of the template that the project was made from. Text at `payload.sourceTemplateId`, which may be missing. For example `"65f1c0ffee0123456789ab00"`. */
    readonly sourceTemplateId?: string | undefined;
    /** The project. An object at `payload.project`, which may be missing. */
    readonly project?: {
      /** The project's id in the Console's database. Text at `payload.project._id`, which may be missing. For example `"65f1c0ffee0123456789abcd"`. */
      readonly _id?: string | undefined;
      /** The project's name. Text at `payload.project.name`, which may be missing. For example `"Demo"`. */
      readonly name?: string | undefined;
      /** Text at `payload.project.description`, which may be missing. */
      readonly description?: string | undefined;
      /** The project's readable id. Text at `payload.project.projectId`, which may be missing. For example `"demo"`. */
      readonly projectId?: string | undefined;
      /** The company's id. Text at `payload.project.tenantId`, which may be missing. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
      readonly tenantId?: string | undefined;
      /** Text at `payload.project.configurationGitPath`, which may be missing. */
      readonly configurationGitPath?: string | undefined;
      /** Text at `payload.project.defaultBranch`, which may be missing. */
      readonly defaultBranch?: string | undefined;
      /** The address of the project's repository. Text at `payload.project.repositoryUrl`, which may be missing. */
      readonly repositoryUrl?: string | undefined;
      /** The project's repository. An object at `payload.project.repository`, which may be missing. */
      readonly repository?: {
        /** Text at `payload.project.repository.type`, which may be missing. */
        readonly type?: string | undefined;
        /** Text at `payload.project.repository.providerId`, which may be missing. For example `"git-main"`. */
        readonly providerId?: string | undefined;
        readonly [key: string]: unknown;
      } | undefined;
      /** The project's environments. A list at `payload.project.environments`, which may be missing. */
      readonly environments?: readonly {
        /** The environment's name for people. Text at `payload.project.environments[].label`, which may be missing. For example `"Development"`. */
        readonly label?: string | undefined;
        /** The environment's id. Text at `payload.project.environments[].envId`, which may be missing. For example `"DEV"`. */
        readonly envId?: string | undefined;
        /** Text at `payload.project.environments[].envPrefix`, which may be missing. */
        readonly envPrefix?: string | undefined;
        /** Text at `payload.project.environments[].description`, which may be missing. */
        readonly description?: string | undefined;
        /** Whether it is a production environment. `true` or `false`, at `payload.project.environments[].isProduction`, which may be missing. For example `false`. */
        readonly isProduction?: boolean | undefined;
        /** A list at `payload.project.environments[].hosts`, which may be missing. */
        readonly hosts?: readonly {
          /** Text at `payload.project.environments[].hosts[].host`, which may be missing. */
          readonly host?: string | undefined;
          /** `true` or `false`, at `payload.project.environments[].hosts[].isBackoffice`, which may be missing. */
          readonly isBackoffice?: boolean | undefined;
          /** Text at `payload.project.environments[].hosts[].scheme`, which may be missing. */
          readonly scheme?: string | undefined;
          readonly [key: string]: unknown;
        }[] | undefined;
        /** An object at `payload.project.environments[].cluster`, which may be missing. */
        readonly cluster?: {
          /** Text at `payload.project.environments[].cluster.namespace`, which may be missing. */
          readonly namespace?: string | undefined;
          /** Text at `payload.project.environments[].cluster.clusterId`, which may be missing. */
          readonly clusterId?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        /** An object at `payload.project.environments[].deploy`, which may be missing. */
        readonly deploy?: {
          /** Text at `payload.project.environments[].deploy.type`, which may be missing. */
          readonly type?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        readonly [key: string]: unknown;
      }[] | undefined;
      /** A list at `payload.project.availableNamespaces`, which may be missing. */
      readonly availableNamespaces?: readonly {
        /** Text at `payload.project.availableNamespaces[].value`, which may be missing. */
        readonly value?: string | undefined;
        /** Text at `payload.project.availableNamespaces[].label`, which may be missing. */
        readonly label?: string | undefined;
        readonly [key: string]: unknown;
      }[] | undefined;
      /** A list at `payload.project.imagePullSecretNames`, which may be missing. */
      readonly imagePullSecretNames?: readonly unknown[] | undefined;
      /** `true` or `false`, at `payload.project.isRepositoryCreated`, which may be missing. For example `true`. */
      readonly isRepositoryCreated?: boolean | undefined;
      /** A list at `payload.project.areNamespacesCreated`, which may be missing. */
      readonly areNamespacesCreated?: readonly {
        /** Text at `payload.project.areNamespacesCreated[].namespace`, which may be missing. For example `"demo-development"`. */
        readonly namespace?: string | undefined;
        /** Text at `payload.project.areNamespacesCreated[].envId`, which may be missing. For example `"DEV"`. */
        readonly envId?: string | undefined;
        /** An object at `payload.project.areNamespacesCreated[].error`, which may be missing. */
        readonly error?: {
          /** Text at `payload.project.areNamespacesCreated[].error.message`, which may be missing. */
          readonly message?: string | undefined;
          /** Text at `payload.project.areNamespacesCreated[].error.errorCode`, which may be missing. */
          readonly errorCode?: string | undefined;
          /** Text at `payload.project.areNamespacesCreated[].error.statusCode`, which may be missing. */
          readonly statusCode?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        /** Text at `payload.project.areNamespacesCreated[].message`, which may be missing. */
        readonly message?: string | undefined;
        /** An object at `payload.project.areNamespacesCreated[].labels`, which may be missing. */
        readonly labels?: Readonly<Record<string, unknown>> | undefined;
        /** An object at `payload.project.areNamespacesCreated[].deployServiceAccount`, which may be missing. */
        readonly deployServiceAccount?: {
          /** Text at `payload.project.areNamespacesCreated[].deployServiceAccount.name`, which may be missing. */
          readonly name?: string | undefined;
          /** Text at `payload.project.areNamespacesCreated[].deployServiceAccount.base64CA`, which may be missing. */
          readonly base64CA?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        readonly [key: string]: unknown;
      }[] | undefined;
      readonly [key: string]: unknown;
    } | undefined;
    readonly [key: string]: unknown;
  };
  /**
   * Service Created. Since Console 10.7.0.
   *
   * The company's id is at `payload.tenantId`.
   *
   * The project's id is at `payload.projectId`.
   */
  readonly service_created: {
    /** The company's id. Text at `payload.tenantId`, which may be missing. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
    readonly tenantId?: string | undefined;
    /** The project's id in the Console's database, usually 24 hexadecimal digits. Before Console 12.2, some events had the readable id here. Text at `payload.projectId`, which may be missing. For example `"65f1c0ffee0123456789abcd"`. */
    readonly projectId?: string | undefined;
    /** The address of the service's repository. Text at `payload.repositoryURL`, which may be missing. For example `"https://git.example.org/acme/demo-api"`. */
    readonly repositoryURL?: string | undefined;
    /** The service's name. Text at `payload.serviceName`, which may be missing. For example `"demo-api"`. */
    readonly serviceName?: string | undefined;
    /** The id of the template that the service was made from. Text at `payload.templateId`, which may be missing. For example `"65f1c0ffee0123456789ab01"`. */
    readonly templateId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /**
   * Configuration Saved. Since Console 13.4.0.
   *
   * The company's id is at `payload.tenantId`.
   *
   * The project's id is at `payload.projectId`.
   */
  readonly configuration_saved: {
    /** The company's id. Text at `payload.tenantId`, which may be missing. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
    readonly tenantId?: string | undefined;
    /** The project's id in the Console's database, usually 24 hexadecimal digits. Before Console 12.2, some events had the readable id here. Text at `payload.projectId`, which may be missing. For example `"65f1c0ffee0123456789abcd"`. */
    readonly projectId?: string | undefined;
    /** The name of the revision that was saved. Text at `payload.revisionName`, which may be missing. For example `"main"`. */
    readonly revisionName?: string | undefined;
    /** The id of what was saved. Text at `payload.savedChangesId`, which may be missing. For example `"9f2c1e7"`. */
    readonly savedChangesId?: string | undefined;
    /** The id of what was saved before. Text at `payload.previousChangesId`, which may be missing. For example `"1b7d440"`. */
    readonly previousChangesId?: string | undefined;
    /** What the saved configuration began from. An object at `payload.startRef`, which may be missing. */
    readonly startRef?: {
      /** Text at `payload.startRef.name`, which may be missing. */
      readonly name?: string | undefined;
      /** Text at `payload.startRef.type`, which may be missing. Known values: `revision`, `version`, `branch`, `tag`; there may be others. */
      readonly type?: "revision" | "version" | "branch" | "tag" | (string & {}) | undefined;
      readonly [key: string]: unknown;
    } | undefined;
    /** Who saved the configuration. An object at `payload.author`, which may be missing. */
    readonly author?: {
      /** The id of who saved the configuration. Text at `payload.author.id`, which may be missing. For example `"user-42"`. */
      readonly id?: string | undefined;
      /** The name of who saved the configuration. Text at `payload.author.name`, which may be missing. Personal data. For example `"Ada Example"`. */
      readonly name?: string | undefined;
      readonly [key: string]: unknown;
    } | undefined;
    readonly [key: string]: unknown;
  };
  /**
   * Tag or Version Created. Since Console 11.4.1.
   *
   * The company's id is at `payload.tenantId` or `payload.project.tenantId`.
   *
   * The project's id is at `payload.projectId`, `payload.project.projectId` or `payload.project._id`.
   */
  readonly tag_created: {
    /** The company's id. Text at `payload.tenantId`, which may be missing. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
    readonly tenantId?: string | undefined;
    /** The project's id in the Console's database, usually 24 hexadecimal digits. Before Console 12.2, some events had the readable id here. Text at `payload.projectId`, which may be missing. For example `"65f1c0ffee0123456789abcd"`. */
    readonly projectId?: string | undefined;
    /** The name of the tag or version. Text at `payload.tagName`, which may be missing. For example `"v1.2.0"`. */
    readonly tagName?: string | undefined;
    /** Text at `payload.ref`, which may be missing. For example `"9f2c1e7"`. */
    readonly ref?: string | undefined;
    /** Text at `payload.message`, which may be missing. For example `"cut 1.2.0"`. */
    readonly message?: string | undefined;
    /** Text at `payload.releaseDescription`, which may be missing. For example `"notes"`. */
    readonly releaseDescription?: string | undefined;
    /** The project. An object at `payload.project`, which may be missing. */
    readonly project?: {
      /** The project's id in the Console's database. Text at `payload.project._id`, which may be missing. For example `"65f1c0ffee0123456789abcd"`. */
      readonly _id?: string | undefined;
      /** The project's name. Text at `payload.project.name`, which may be missing. For example `"Demo"`. */
      readonly name?: string | undefined;
      /** Text at `payload.project.description`, which may be missing. */
      readonly description?: string | undefined;
      /** The project's readable id. Text at `payload.project.projectId`, which may be missing. For example `"demo"`. */
      readonly projectId?: string | undefined;
      /** The company's id. Text at `payload.project.tenantId`, which may be missing. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
      readonly tenantId?: string | undefined;
      /** Text at `payload.project.configurationGitPath`, which may be missing. */
      readonly configurationGitPath?: string | undefined;
      /** Text at `payload.project.defaultBranch`, which may be missing. */
      readonly defaultBranch?: string | undefined;
      /** The address of the project's repository. Text at `payload.project.repositoryUrl`, which may be missing. */
      readonly repositoryUrl?: string | undefined;
      /** The project's repository. An object at `payload.project.repository`, which may be missing. */
      readonly repository?: {
        /** Text at `payload.project.repository.type`, which may be missing. */
        readonly type?: string | undefined;
        /** Text at `payload.project.repository.providerId`, which may be missing. For example `"git-main"`. */
        readonly providerId?: string | undefined;
        readonly [key: string]: unknown;
      } | undefined;
      /** The project's environments. A list at `payload.project.environments`, which may be missing. */
      readonly environments?: readonly {
        /** The environment's name for people. Text at `payload.project.environments[].label`, which may be missing. For example `"Development"`. */
        readonly label?: string | undefined;
        /** The environment's id. Text at `payload.project.environments[].envId`, which may be missing. For example `"DEV"`. */
        readonly envId?: string | undefined;
        /** Text at `payload.project.environments[].envPrefix`, which may be missing. */
        readonly envPrefix?: string | undefined;
        /** Text at `payload.project.environments[].description`, which may be missing. */
        readonly description?: string | undefined;
        /** Whether it is a production environment. `true` or `false`, at `payload.project.environments[].isProduction`, which may be missing. For example `false`. */
        readonly isProduction?: boolean | undefined;
        /** A list at `payload.project.environments[].hosts`, which may be missing. */
        readonly hosts?: readonly {
          /** Text at `payload.project.environments[].hosts[].host`, which may be missing. */
          readonly host?: string | undefined;
          /** `true` or `false`, at `payload.project.environments[].hosts[].isBackoffice`, which may be missing. */
          readonly isBackoffice?: boolean | undefined;
          /** Text at `payload.project.environments[].hosts[].scheme`, which may be missing. */
          readonly scheme?: string | undefined;
          readonly [key: string]: unknown;
        }[] | undefined;
        /** An object at `payload.project.environments[].cluster`, which may be missing. */
        readonly cluster?: {
          /** Text at `payload.project.environments[].cluster.namespace`, which may be missing. */
          readonly namespace?: string | undefined;
          /** Text at `payload.project.environments[].cluster.clusterId`, which may be missing. */
          readonly clusterId?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        /** An object at `payload.project.environments[].deploy`, which may be missing. */
        readonly deploy?: {
          /** Text at `payload.project.environments[].deploy.type`, which may be missing. */
          readonly type?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        readonly [key: string]: unknown;
      }[] | undefined;
      /** A list at `payload.project.availableNamespaces`, which may be missing. */
      readonly availableNamespaces?: readonly {
        /** Text at `payload.project.availableNamespaces[].value`, which may be missing. */
        readonly value?: string | undefined;
        /** Text at `payload.project.availableNamespaces[].label`, which may be missing. */
        readonly label?: string | undefined;
        readonly [key: string]: unknown;
      }[] | undefined;
      /** A list at `payload.project.imagePullSecretNames`, which may be missing. */
      readonly imagePullSecretNames?: readonly unknown[] | undefined;
      /** An object at `payload.project.monitoring`, which may be missing. */
      readonly monitoring?: {
        /** A list at `payload.project.monitoring.systems`, which may be missing. */
        readonly systems?: readonly {
          /** Text at `payload.project.monitoring.systems[].type`, which may be missing. */
          readonly type?: string | undefined;
          readonly [key: string]: unknown;
        }[] | undefined;
        readonly [key: string]: unknown;
      } | undefined;
      /** A list at `payload.project.containerRegistries`, which may be missing. */
      readonly containerRegistries?: readonly unknown[] | undefined;
      readonly [key: string]: unknown;
    } | undefined;
    readonly [key: string]: unknown;
  };
  /**
   * Version Deleted. Since Console 14.2.0.
   *
   * The company's id is at `payload.tenantId` or `payload.project.tenantId`.
   *
   * The project's id is at `payload.projectId`, `payload.project.projectId` or `payload.project._id`.
   */
  readonly tag_deleted: {
    /** The company's id. Text at `payload.tenantId`, which may be missing. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
    readonly tenantId?: string | undefined;
    /** The project's id in the Console's database, usually 24 hexadecimal digits. Before Console 12.2, some events had the readable id here. Text at `payload.projectId`, which may be missing. For example `"65f1c0ffee0123456789abcd"`. */
    readonly projectId?: string | undefined;
    /** The name of the tag or version. Text at `payload.tagName`, which may be missing. For example `"v1.2.0"`. */
    readonly tagName?: string | undefined;
    /** The project. An object at `payload.project`, which may be missing. */
    readonly project?: {
      /** The project's id in the Console's database. Text at `payload.project._id`, which may be missing. For example `"65f1c0ffee0123456789abcd"`. */
      readonly _id?: string | undefined;
      /** The project's name. Text at `payload.project.name`, which may be missing. For example `"Demo"`. */
      readonly name?: string | undefined;
      /** Text at `payload.project.description`, which may be missing. */
      readonly description?: string | undefined;
      /** The project's readable id. Text at `payload.project.projectId`, which may be missing. For example `"demo"`. */
      readonly projectId?: string | undefined;
      /** The company's id. Text at `payload.project.tenantId`, which may be missing. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
      readonly tenantId?: string | undefined;
      /** Text at `payload.project.configurationGitPath`, which may be missing. */
      readonly configurationGitPath?: string | undefined;
      /** Text at `payload.project.defaultBranch`, which may be missing. */
      readonly defaultBranch?: string | undefined;
      /** The address of the project's repository. Text at `payload.project.repositoryUrl`, which may be missing. */
      readonly repositoryUrl?: string | undefined;
      /** The project's repository. An object at `payload.project.repository`, which may be missing. */
      readonly repository?: {
        /** Text at `payload.project.repository.type`, which may be missing. */
        readonly type?: string | undefined;
        /** Text at `payload.project.repository.providerId`, which may be missing. For example `"git-main"`. */
        readonly providerId?: string | undefined;
        readonly [key: string]: unknown;
      } | undefined;
      /** The project's environments. A list at `payload.project.environments`, which may be missing. */
      readonly environments?: readonly {
        /** The environment's name for people. Text at `payload.project.environments[].label`, which may be missing. For example `"Development"`. */
        readonly label?: string | undefined;
        /** The environment's id. Text at `payload.project.environments[].envId`, which may be missing. For example `"DEV"`. */
        readonly envId?: string | undefined;
        /** Text at `payload.project.environments[].envPrefix`, which may be missing. */
        readonly envPrefix?: string | undefined;
        /** Text at `payload.project.environments[].description`, which may be missing. */
        readonly description?: string | undefined;
        /** Whether it is a production environment. `true` or `false`, at `payload.project.environments[].isProduction`, which may be missing. For example `false`. */
        readonly isProduction?: boolean | undefined;
        /** A list at `payload.project.environments[].hosts`, which may be missing. */
        readonly hosts?: readonly {
          /** Text at `payload.project.environments[].hosts[].host`, which may be missing. */
          readonly host?: string | undefined;
          /** `true` or `false`, at `payload.project.environments[].hosts[].isBackoffice`, which may be missing. */
          readonly isBackoffice?: boolean | undefined;
          /** Text at `payload.project.environments[].hosts[].scheme`, which may be missing. */
          readonly scheme?: string | undefined;
          readonly [key: string]: unknown;
        }[] | undefined;
        /** An object at `payload.project.environments[].cluster`, which may be missing. */
        readonly cluster?: {
          /** Text at `payload.project.environments[].cluster.namespace`, which may be missing. */
          readonly namespace?: string | undefined;
          /** Text at `payload.project.environments[].cluster.clusterId`, which may be missing. */
          readonly clusterId?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        /** An object at `payload.project.environments[].deploy`, which may be missing. */
        readonly deploy?: {
          /** Text at `payload.project.environments[].deploy.type`, which may be missing. */
          readonly type?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        readonly [key: string]: unknown;
      }[] | undefined;
      /** A list at `payload.project.availableNamespaces`, which may be missing. */
      readonly availableNamespaces?: readonly {
        /** Text at `payload.project.availableNamespaces[].value`, which may be missing. */
        readonly value?: string | undefined;
        /** Text at `payload.project.availableNamespaces[].label`, which may be missing. */
        readonly label?: string | undefined;
        readonly [key: string]: unknown;
      }[] | undefined;
      /** A list at `payload.project.imagePullSecretNames`, which may be missing. */
      readonly imagePullSecretNames?: readonly unknown[] | undefined;
      /** An object at `payload.project.monitoring`, which may be missing. */
      readonly monitoring?: {
        /** A list at `payload.project.monitoring.systems`, which may be missing. */
        readonly systems?: readonly {
          /** Text at `payload.project.monitoring.systems[].type`, which may be missing. */
          readonly type?: string | undefined;
          readonly [key: string]: unknown;
        }[] | undefined;
        readonly [key: string]: unknown;
      } | undefined;
      /** A list at `payload.project.containerRegistries`, which may be missing. */
      readonly containerRegistries?: readonly unknown[] | undefined;
      readonly [key: string]: unknown;
    } | undefined;
    readonly [key: string]: unknown;
  };
  /**
   * User added. Since Console 12.3.0.
   *
   * Another name of the same event is `company_user_added`.
   *
   * Old Consoles sent `project_user_added`.
   *
   * The company's id is at `payload.resource.companyId` or `payload.companyId`.
   *
   * The project's id is at `payload.resource.projectId` or `payload.projectId`.
   */
  readonly user_added: {
    /** The user's id. Text at `payload.userId`, always present. For example `"user-42"`. */
    readonly userId: string;
    /** The user's e-mail address. Text at `payload.email`, always present. Personal data. For example `"ada@example.org"`. */
    readonly email: string;
    /** The id of the user's role. Text at `payload.roleId`, always present. For example `"guest"`. */
    readonly roleId: string;
    /** The group's id. Text at `payload.groupId`, which may be missing. For example `"grp-7"`. */
    readonly groupId?: string | undefined;
    /** The company, and the project and the environment if there is one. An object at `payload.resource`, always present. */
    readonly resource: {
      /** The company's id. Text at `payload.resource.companyId`, always present. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
      readonly companyId: string;
      /** The project's id, for an event of a project or of an environment. Text at `payload.resource.projectId`, which may be missing. For example `"65f1c0ffee0123456789abcd"`. */
      readonly projectId?: string | undefined;
      /** The environment's id, for an event of an environment. Text at `payload.resource.environmentId`, which may be missing. For example `"DEV"`. */
      readonly environmentId?: string | undefined;
      readonly [key: string]: unknown;
    };
    /** The company's id. Text at `payload.companyId`, which may be missing. */
    readonly companyId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /**
   * User edited. Since Console 12.3.0.
   *
   * Another name of the same event is `company_user_edited`.
   *
   * The company's id is at `payload.resource.companyId` or `payload.companyId`.
   *
   * The project's id is at `payload.resource.projectId` or `payload.projectId`.
   */
  readonly user_edited: {
    /** The user's id. Text at `payload.userId`, always present. For example `"user-42"`. */
    readonly userId: string;
    /** The user's e-mail address. Text at `payload.email`, always present. Personal data. For example `"ada@example.org"`. */
    readonly email: string;
    /** The id of the user's role. Text at `payload.roleId`, always present. For example `"guest"`. */
    readonly roleId: string;
    /** The group's id. Text at `payload.groupId`, which may be missing. For example `"grp-7"`. */
    readonly groupId?: string | undefined;
    /** The company, and the project and the environment if there is one. An object at `payload.resource`, always present. */
    readonly resource: {
      /** The company's id. Text at `payload.resource.companyId`, always present. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
      readonly companyId: string;
      /** The project's id, for an event of a project or of an environment. Text at `payload.resource.projectId`, which may be missing. For example `"65f1c0ffee0123456789abcd"`. */
      readonly projectId?: string | undefined;
      /** The environment's id, for an event of an environment. Text at `payload.resource.environmentId`, which may be missing. For example `"DEV"`. */
      readonly environmentId?: string | undefined;
      readonly [key: string]: unknown;
    };
    /** The company's id. Text at `payload.companyId`, which may be missing. */
    readonly companyId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /**
   * User removed. Since Console 12.3.0.
   *
   * Another name of the same event is `company_user_removed`.
   *
   * Old Consoles sent `project_user_removed`.
   *
   * The company's id is at `payload.resource.companyId` or `payload.companyId`.
   *
   * The project's id is at `payload.resource.projectId` or `payload.projectId`.
   */
  readonly user_removed: {
    /** The user's id. Text at `payload.userId`, always present. For example `"user-42"`. */
    readonly userId: string;
    /** The user's e-mail address. Text at `payload.email`, always present. Personal data. For example `"ada@example.org"`. */
    readonly email: string;
    /** The id of the user's role. Text at `payload.roleId`, which may be missing. */
    readonly roleId?: string | undefined;
    /** The group's id. Text at `payload.groupId`, which may be missing. For example `"grp-7"`. */
    readonly groupId?: string | undefined;
    /** The company, and the project and the environment if there is one. An object at `payload.resource`, always present. */
    readonly resource: {
      /** The company's id. Text at `payload.resource.companyId`, always present. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
      readonly companyId: string;
      /** The project's id, for an event of a project or of an environment. Text at `payload.resource.projectId`, which may be missing. For example `"65f1c0ffee0123456789abcd"`. */
      readonly projectId?: string | undefined;
      /** The environment's id, for an event of an environment. Text at `payload.resource.environmentId`, which may be missing. For example `"DEV"`. */
      readonly environmentId?: string | undefined;
      readonly [key: string]: unknown;
    };
    /** The company's id. Text at `payload.companyId`, which may be missing. */
    readonly companyId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /**
   * User added to Company. Since Console 12.1.0. Another name of `user_added`.
   *
   * The company's id is at `payload.companyId`.
   */
  readonly company_user_added: {
    /** The company's id. Text at `payload.companyId`, always present. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
    readonly companyId: string;
    /** The user's id. Text at `payload.userId`, always present. For example `"user-42"`. */
    readonly userId: string;
    /** The user's e-mail address. Text at `payload.email`, always present. Personal data. For example `"ada@example.org"`. */
    readonly email: string;
    /** The id of the user's role. Text at `payload.roleId`, always present. For example `"guest"`. */
    readonly roleId: string;
    /** The group's id. Text at `payload.groupId`, which may be missing. For example `"grp-7"`. */
    readonly groupId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /**
   * User Company role edited. Since Console 12.1.0. Another name of `user_edited`.
   *
   * The company's id is at `payload.companyId`.
   */
  readonly company_user_edited: {
    /** The company's id. Text at `payload.companyId`, always present. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
    readonly companyId: string;
    /** The user's id. Text at `payload.userId`, always present. For example `"user-42"`. */
    readonly userId: string;
    /** The user's e-mail address. Text at `payload.email`, always present. Personal data. For example `"ada@example.org"`. */
    readonly email: string;
    /** The id of the user's role. Text at `payload.roleId`, always present. For example `"guest"`. */
    readonly roleId: string;
    /** The group's id. Text at `payload.groupId`, which may be missing. For example `"grp-7"`. */
    readonly groupId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /**
   * User removed from Company. Since Console 12.1.0. Another name of `user_removed`.
   *
   * The company's id is at `payload.companyId`.
   */
  readonly company_user_removed: {
    /** The company's id. Text at `payload.companyId`, always present. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
    readonly companyId: string;
    /** The user's id. Text at `payload.userId`, always present. For example `"user-42"`. */
    readonly userId: string;
    /** The user's e-mail address. Text at `payload.email`, always present. Personal data. For example `"ada@example.org"`. */
    readonly email: string;
    /** The id of the user's role. Text at `payload.roleId`, which may be missing. */
    readonly roleId?: string | undefined;
    /** The group's id. Text at `payload.groupId`, which may be missing. For example `"grp-7"`. */
    readonly groupId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /**
   * User added to Project. Since Console 12.1.0; newer Consoles send `user_added`.
   *
   * The company's id is at `payload.companyId`.
   *
   * The project's id is at `payload.projectId`.
   */
  readonly project_user_added: {
    /** The company's id. Text at `payload.companyId`, always present. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
    readonly companyId: string;
    /** The project's id in the Console's database, usually 24 hexadecimal digits. Before Console 12.2, some events had the readable id here. Text at `payload.projectId`, always present. For example `"65f1c0ffee0123456789abcd"`. */
    readonly projectId: string;
    /** The user's id. Text at `payload.userId`, always present. For example `"user-42"`. */
    readonly userId: string;
    /** The user's e-mail address. Text at `payload.email`, always present. Personal data. For example `"ada@example.org"`. */
    readonly email: string;
    /** The id of the user's role. Text at `payload.roleId`, always present. For example `"guest"`. */
    readonly roleId: string;
    /** The group's id. Text at `payload.groupId`, which may be missing. For example `"grp-7"`. */
    readonly groupId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /**
   * User removed from Project. Since Console 12.1.0; newer Consoles send `user_removed`.
   *
   * The company's id is at `payload.companyId`.
   *
   * The project's id is at `payload.projectId`.
   */
  readonly project_user_removed: {
    /** The company's id. Text at `payload.companyId`, always present. For example `"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"`. */
    readonly companyId: string;
    /** The project's id in the Console's database, usually 24 hexadecimal digits. Before Console 12.2, some events had the readable id here. Text at `payload.projectId`, which may be missing. For example `"65f1c0ffee0123456789abcd"`. */
    readonly projectId?: string | undefined;
    /** The user's id. Text at `payload.userId`, always present. For example `"user-42"`. */
    readonly userId: string;
    /** The user's e-mail address. Text at `payload.email`, always present. Personal data. For example `"ada@example.org"`. */
    readonly email: string;
    /** The id of the user's role. Text at `payload.roleId`, which may be missing. */
    readonly roleId?: string | undefined;
    /** The group's id. Text at `payload.groupId`, which may be missing. For example `"grp-7"`. */
    readonly groupId?: string | undefined;
    readonly [key: string]: unknown;
  };
}

/** The names of the known events. Others are allowed everywhere. */
export type KnownEventName = keyof PayloadByName;

/** The known events, as a union with `eventName` as its discriminant. */
export type KnownEvent = { [Name in KnownEventName]: WebhookEvent<Name, PayloadByName[Name]> }[KnownEventName];
