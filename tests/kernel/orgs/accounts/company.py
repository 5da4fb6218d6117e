"""The companies' servers as they answer, without a socket."""

import json
import time
from urllib.parse import parse_qs, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

ISSUER = "https://sso.tongzhou.example"
OIDC = {"WULI_OIDC_ISSUER": ISSUER, "WULI_OIDC_CLIENT_ID": "wuli", "WULI_OIDC_SECRET": "s3cret"}
WECOM = {"WULI_WECOM_CORP_ID": "ww1", "WULI_WECOM_AGENT_ID": "1000002", "WULI_WECOM_SECRET": "s3cret"}
DINGTALK = {"WULI_DINGTALK_CLIENT_ID": "ding1", "WULI_DINGTALK_SECRET": "s3cret"}
FEISHU = {"WULI_FEISHU_CLIENT_ID": "cli_1", "WULI_FEISHU_SECRET": "s3cret"}

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGE_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Server:
    """Answers by address; remembers what it was asked. Stands where the log-in library makes its HTTP session."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []

    def __enter__(self):
        return self

    def __exit__(self, *trouble):
        return False

    def request(self, method, url, params=None, data=None, json=None, headers=None, **more):
        said = params if method == "GET" else {**(params or {}), **(_read(data) or json or {})}
        self.asked.append((url, said or {}))
        answer = self.answers[url]
        return response(answer(said or {}, headers or {}) if callable(answer) else answer)

    def get(self, url, **said):
        return self.request("GET", url, **said)

    def post(self, url, **said):
        return self.request("POST", url, **said)

    def addresses(self):
        return [url for url, _said in self.asked]


def response(body):
    status = body.pop("status", 200) if isinstance(body, dict) else 200
    made = requests.Response()
    made.status_code = status
    made.headers["content-type"] = "application/json"
    made._content = json.dumps(body).encode()
    return made


def issuer(claims, *, key=KEY, audience="wuli", expires=300, named=ISSUER):
    """An OIDC issuer that vouches for someone with these claims."""
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))

    def token(said, headers):
        if said.get("code") != "good" or not said.get("code_verifier"):
            return {"error": "invalid_grant", "status": 400}
        told = {"iss": named, "aud": audience, "exp": time.time() + expires, "iat": time.time(), **claims}
        signed = jwt.encode(told, key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "a-token", "token_type": "Bearer", "id_token": signed}

    return Server({
        f"{ISSUER}/.well-known/openid-configuration": {
            "issuer": ISSUER, "authorization_endpoint": f"{ISSUER}/authorize", "token_endpoint": f"{ISSUER}/token",
            "userinfo_endpoint": f"{ISSUER}/userinfo", "jwks_uri": f"{ISSUER}/keys",
        },
        f"{ISSUER}/keys": {"keys": [{**public, "kid": "1", "alg": "RS256", "use": "sig"}]},
        f"{ISSUER}/token": token,
        f"{ISSUER}/userinfo": lambda said, headers: dict(claims),
    })  # fmt: skip


def wecom(visitor):
    api = "https://qyapi.weixin.qq.com/cgi-bin/"
    return Server({
        f"{api}gettoken": {"errcode": 0, "errmsg": "ok", "access_token": "app-token", "expires_in": 7200},
        f"{api}auth/getuserinfo": {"errcode": 0, "errmsg": "ok", **visitor},
    })  # fmt: skip


def dingtalk(member, *, found=None):
    return Server({
        "https://api.dingtalk.com/v1.0/oauth2/userAccessToken": {
            "accessToken": "user-token", "refreshToken": "r", "expireIn": 7200, "corpId": "ding-corp"},
        "https://api.dingtalk.com/v1.0/contact/users/me": {
            "nick": "小诺", "openId": "open-1", "unionId": "union-1", "mobile": "13800020001"},
        "https://api.dingtalk.com/v1.0/oauth2/accessToken": {"accessToken": "app-token", "expireIn": 7200},
        "https://oapi.dingtalk.com/topapi/user/getbyunionid": found or {
            "errcode": 0, "result": {"contact_type": 0, "userid": "manager42"}},
        "https://oapi.dingtalk.com/topapi/v2/user/get": {"errcode": 0, "result": {"userid": "manager42", **member}},
    })  # fmt: skip


def feishu(person):
    return Server({
        "https://open.feishu.cn/open-apis/auth/v3/app_access_token/internal/": {
            "code": 0, "app_access_token": "app-token", "expire": 7200},
        "https://open.feishu.cn/open-apis/authen/v1/access_token": {
            "code": 0, "data": {"access_token": "user-token", "expires_in": 7200}},
        "https://open.feishu.cn/open-apis/authen/v1/user_info": {
            "code": 0, "data": {"open_id": "ou_1", "name": "诺敏", "mobile": "+8613800020001", **person}},
    })  # fmt: skip


def query_of(address):
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def _read(data):
    return json.loads(data) if isinstance(data, str) else data
