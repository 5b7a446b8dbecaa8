import {userInfo} from 'node:os';

/** Who runs the tests: peer authentication knows no other. */
export const account = userInfo().username;

/** Of every role that has one. It holds what the password file and a URI have to escape. */
const password = 'ge:he\\im %é';

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A role is named after the way in that the server has for it. */
export const roles = `
set password_encryption = 'scram-sha-256';
create role scram login password '${password}';
create role prepared login password E'I\\u00ADX \\u2168';
set password_encryption = 'md5';
create role md5 login password '${password}';
set password_encryption = 'scram-sha-256';
create role clear login password '${password}';
create role twice login password '${password}';
create role uncovered login password '${password}';
create role covered login password '${password}';
create role barred login;
create role mapped login;
create role peered login;
create role identified login;
create role certified login;
create role robot login;
create role vouched login;
create role encrypted login;
create role unencrypted login;
create role shop login;
create role nologin;
create role crowded login connection limit 0;
create role reader login;
alter role reader set default_transaction_read_only = on;
create role "o'neil\\ x" login;
do $$ begin
	create role ${quoted(account)} login;
exception when duplicate_object then null;
end $$;`;

/** The first is the account's own. */
export const databases = [account, 'shop', "o'neil\\ x"];

export const createDatabase = (name: string) => `create database ${quoted(name)}`;

export const hba = `
local   all  postgres            trust
local   all  scram,prepared      scram-sha-256
local   all  md5                 md5
local   all  clear               password
local   all  barred              reject
local   all  mapped              peer map=accounts
local   all  peered              peer
local   all  ${quoted(account)}  peer
local   all  all                 trust
hostssl all  certified all       cert
hostssl all  robot     all       cert map=machines
hostssl all  vouched   all       trust clientcert=verify-ca
hostssl all  twice     all       scram-sha-256 clientcert=verify-ca
hostssl all  encrypted all       trust
hostnossl all unencrypted all    trust
hostnossl all uncovered all      scram-sha-256
hostssl all  covered   all       scram-sha-256
host    all  certified,robot,vouched,twice,encrypted,unencrypted,covered,uncovered,barred all reject
host    all  scram,prepared all  scram-sha-256
host    all  md5       all       md5
host    all  clear     all       password
host    all  identified all      ident
host    all  all       all       trust
`;

export const ident = `
accounts ${quoted(account)} mapped
machines /^(.*)@pgtop\\.test$ \\1
`;

/** Of a server that has fewer words for it. */
export const oldHba = `
local all all   trust
host  all scram all scram-sha-256
host  all all   all trust
`;
