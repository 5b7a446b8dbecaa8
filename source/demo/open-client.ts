import {Client} from 'pg';

export type ServerAddress = {readonly host: string; readonly port: number};

export type Login = {readonly user: string; readonly database: string; readonly application: string};

export async function openClient(
	{host, port}: ServerAddress,
	{user, database, application}: Login,
): Promise<Client> {
	const client = new Client({host, port, user, database, application_name: application, ssl: false});
	// The demo expects sessions to be ended from outside; their queries reject by themselves.
	client.on('error', () => {});
	await client.connect();
	return client;
}
