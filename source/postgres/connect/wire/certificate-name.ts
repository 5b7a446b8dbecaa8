import {isIP} from 'node:net';
import type {PeerCertificate} from 'node:tls';

/** `DNS:db1.example, IP Address:10.0.0.1` as Node writes it; a name with a comma or a quote in it stands in quotes. */
function alternativeNames(text = ''): readonly (readonly [kind: string, name: string])[] {
	return [...text.matchAll(/(?:^|, )([\w ]+):("(?:\\.|[^"\\])*"|[^,]*)/g)].map(([, kind = '', name = '']) => [
		kind,
		name.startsWith('"') ? String(JSON.parse(name)) : name,
	]);
}

/** Both as numbers, because an address has several spellings. */
function isSameAddress(one: string, other: string): boolean {
	const canonical = (address: string) =>
		isIP(address) === 6 ? new URL(`http://[${address.replace(/%.*/, '')}]`).hostname : address;
	return isIP(one) !== 0 && isIP(other) !== 0 && canonical(one) === canonical(other);
}

/** A star stands for the first label only, and for the whole of it. */
function isSameName(pattern: string, host: string): boolean {
	const [name, wanted] = [pattern.toLowerCase(), host.toLowerCase()];
	if (name === wanted) return true;
	const dot = wanted.indexOf('.');
	return name.length > 2 && name.startsWith('*.') && dot > 0 && wanted.slice(dot) === name.slice(1);
}

/**
Says what is wrong with a certificate for this host, as libpq sees it. The common name counts only
where the certificate has no alternative name of the host's own kind.
*/
export function nameMistake(host: string, {subject, subjectaltname}: PeerCertificate): string | undefined {
	if (host === '')
		return 'verify-full needs a host to compare the certificate with, and only hostaddr is given';
	const names = alternativeNames(subjectaltname);
	const kind = isIP(host) === 0 ? 'DNS' : 'IP Address';
	const fits = names.some(([of, name]) =>
		of === 'IP Address' ? isSameAddress(name, host) : of === 'DNS' && isSameName(name, host),
	);
	if (fits) return undefined;
	const common = [subject?.CN ?? []].flat()[0];
	const counts = common !== undefined && !names.some(([of]) => of === kind);
	if (counts && isSameName(common, host)) return undefined;
	const shown = [...names.map(([, name]) => name), ...(counts ? [common] : [])];
	return shown.length === 0
		? 'the certificate of the server names no host'
		: `the certificate of the server is for ${shown.join(', ')}, not for ${host}`;
}
