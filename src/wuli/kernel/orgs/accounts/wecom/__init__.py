"""WeCom 企业微信 as an identity provider, for an application that the company made itself."""
